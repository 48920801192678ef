// Plays the channel of this page's address, and lists the ads of its session.
'use strict';

const byId = (id) => document.getElementById(id);
const say = (text) => { byId('state').textContent = text; };
const seconds = (value) => (typeof value === 'number' ? `${value.toFixed(1)} s` : '');

/** Begins a session and returns its addresses. */
async function begin() {
  const address = new URL('session', location.href);
  address.search = location.search;
  const answer = await fetch(address, { method: 'POST' });
  const body = await answer.json();
  if (!answer.ok) throw new Error(body.error ? body.error.message : `status ${answer.status}`);
  return body;
}

/** Plays with the browser's own player, or with the one the operator named. */
function play(video, url) {
  if (window.Hls && window.Hls.isSupported()) {
    const player = new window.Hls({ liveSyncDurationCount: 3 });
    player.on(window.Hls.Events.ERROR, (_event, data) => {
      if (data.fatal) say(`The player gave up: ${data.details}`);
    });
    player.loadSource(url);
    player.attachMedia(video);
  } else if (video.canPlayType('application/vnd.apple.mpegurl')) {
    video.src = url;
  } else {
    throw new Error('this browser plays no HLS, and no player is configured (server.player)');
  }
  video.play().catch(() => say('Press play.'));
}

/** Shows the ads that the tracking document lists. */
async function showAds(url) {
  const answer = await fetch(url, { cache: 'no-store' });
  if (!answer.ok) return;
  const { avails = [] } = await answer.json();
  const rows = avails.flatMap((avail) => (avail.ads || []).map((ad) => {
    const row = document.createElement('tr');
    const cells = [avail.availId, ad.adId, seconds(ad.startTimeInSeconds),
      seconds(ad.durationInSeconds), (ad.trackingEvents || []).length];
    for (const text of cells) {
      const cell = document.createElement('td');
      cell.textContent = text === undefined ? '' : String(text);
      row.append(cell);
    }
    return row;
  }));
  byId('ads').replaceChildren(...rows);
}

begin().then((session) => {
  say(`Session begun; ads are ${session.insertion}.`);
  play(byId('video'), session.manifest_url);
  setInterval(() => showAds(session.tracking_url).catch(() => {}), 2000);
}).catch((error) => say(`There is no session: ${error.message}`));
