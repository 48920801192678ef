// Plays an HLS stream with hls.js in a headless Chromium and prints what a viewer got.
//
// stdin: {"url": …, "seconds": …, "config": {…}, "switches": [{"second": …, "level": …}],
//         "until": {"requests": …, "count": …}}
//   seconds   longest time to play; playback ends earlier at the end of the stream
//   config    options of hls.js
//   switches  levels to go to, by seconds since playback began
//   until     end as soon as so many requests have this text in their address
// stdout: {"started", "ended", "seconds", "position", "errors", "fatal", "stalls", "seen",
//          "fragments", "levels", "events", "requests", "frames"}
//   stalls    times in which nothing moved for more than a second
//   seen      colours on the screen, one after another, as [from, to, [red, green, blue]]
//   fragments what was played: number, discontinuity, level, address, and when it came on screen

import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const order = JSON.parse(readFileSync(0, 'utf8'));
const library = createRequire(import.meta.url).resolve('hls.js/dist/hls.js');
const START_LIMIT_MS = 60_000;

// What runs in the page. It knows nothing of this file but the order it is given.
function play(order) {
  const report = {
    started: false, ended: false, seconds: 0, position: 0, errors: [], fatal: [], stalls: [],
    seen: [], fragments: [], levels: [], events: [],
  };
  const video = document.querySelector('video');
  const hls = new Hls({ enableWorker: true, ...order.config });
  const began = performance.now();
  let startedAt = null;
  const now = () => Math.round(performance.now() - (startedAt ?? began)) / 1000;
  hls.on(Hls.Events.ERROR, (_, data) => {
    const error = {
      at: now(), type: data.type, details: data.details, fatal: data.fatal,
      url: data.url ?? data.frag?.url ?? data.context?.url ?? null,
      reason: String(data.reason ?? data.error?.message ?? ''),
    };
    report.errors.push(error);
    if (data.fatal) report.fatal.push(error);
  });
  hls.on(Hls.Events.FRAG_CHANGED, (_, { frag }) => {
    report.fragments.push({
      at: now(), sn: frag.sn, cc: frag.cc, level: frag.level, url: frag.url,
      start: frag.start, duration: frag.duration, date: frag.programDateTime ?? null,
    });
  });
  hls.on(Hls.Events.LEVEL_SWITCHED, (_, { level }) => report.levels.push({ at: now(), level }));
  for (const name of ['INTERSTITIAL_STARTED', 'INTERSTITIAL_ENDED', 'INTERSTITIAL_ASSET_STARTED',
    'INTERSTITIAL_ASSET_ENDED', 'INTERSTITIAL_ASSET_ERROR', 'INTERSTITIALS_PRIMARY_RESUMED',
    'ASSET_LIST_LOADED', 'MANIFEST_PARSED', 'BUFFER_EOS']) {
    const event = Hls.Events[name];
    if (!event) continue;
    hls.on(event, (_, data) => report.events.push({
      at: now(), name,
      id: data?.event?.identifier ?? data?.event?.dateRange?.id ?? null,
      asset: data?.asset?.uri ?? null,
      assets: data?.assetListResponse?.ASSETS?.length ?? null,
    }));
  }
  const switches = [...(order.switches ?? [])];
  const canvas = Object.assign(document.createElement('canvas'), { width: 1, height: 1 });
  const context = canvas.getContext('2d', { willReadFrequently: true });
  let last = { time: -1, moved: performance.now() };
  let endedAt = null;
  const look = () => {
    const time = video.currentTime;
    const ms = performance.now();
    // Between two ads of an interstitial the element has ended for a moment as well.
    endedAt = video.ended ? endedAt ?? ms : null;
    report.ended = endedAt !== null && ms - endedAt > 1500;
    if (startedAt === null && time > 0 && !video.paused && video.readyState >= 2) {
      startedAt = ms;
      report.started = true;
      last.moved = ms;
    }
    if (startedAt === null) return;
    if (time !== last.time || video.ended) {
      const stood = ms - last.moved;
      if (stood > 1000) report.stalls.push({ at: now() - stood / 1000, seconds: stood / 1000, position: time });
      last = { time, moved: ms };
    }
    report.seconds = now();
    report.position = time;
    while (switches.length && switches[0].second <= report.seconds) hls.nextLevel = switches.shift().level;
    if (video.readyState < 2) return;
    context.drawImage(video, 0, 0, 1, 1);
    const colour = [...context.getImageData(0, 0, 1, 1).data].slice(0, 3);
    const latest = report.seen.at(-1);
    const differs = !latest || colour.some((part, index) => Math.abs(part - latest[2][index]) > 24);
    if (differs) report.seen.push([report.seconds, report.seconds, colour]);
    else latest[1] = report.seconds;
  };
  window.result = () => {
    look();
    // What stands still at the very end counts as well.
    const stood = performance.now() - last.moved;
    const quality = video.getVideoPlaybackQuality();
    const open = startedAt !== null && !video.ended && stood > 1000
      ? [{ at: now() - stood / 1000, seconds: stood / 1000, position: video.currentTime }] : [];
    return {
      ...report, stalls: [...report.stalls, ...open],
      frames: { shown: quality.totalVideoFrames, dropped: quality.droppedVideoFrames },
      over: report.ended || report.fatal.length > 0 || report.seconds >= order.seconds,
    };
  };
  setInterval(look, 100);
  hls.attachMedia(video);
  hls.loadSource(order.url);
  video.play().catch((error) => report.events.push({ at: now(), name: 'PLAY_REFUSED', id: String(error) }));
}

// The page is a document of its own server, so that streams are of another origin, as in life.
const page = createServer((request, response) => {
  if (request.url === '/hls.js') {
    response.writeHead(200, { 'content-type': 'text/javascript' });
    response.end(readFileSync(library));
  } else {
    response.writeHead(200, { 'content-type': 'text/html' });
    response.end('<!doctype html><meta charset="utf-8"><video muted playsinline></video><script src="/hls.js"></script>');
  }
});

// Speaks the protocol of the browser's own tools through two pipes.
class Browser {
  constructor(profile) {
    this.calls = new Map();
    this.hear = () => {};
    this.process = spawn(process.env.CHROMIUM ?? 'chromium', [
      '--headless=new', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--mute-audio',
      '--no-first-run', '--disable-background-networking', '--disable-component-update',
      '--autoplay-policy=no-user-gesture-required', '--disable-background-timer-throttling',
      '--disable-renderer-backgrounding', '--remote-debugging-pipe', `--user-data-dir=${profile}`,
    ], { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'], detached: true });
    this.gone = new Promise((_, reject) => {
      this.process.once('error', (error) => reject(new Error(`chromium does not run: ${error.message}`)));
      this.process.once('exit', (code) => reject(new Error(`chromium ended with ${code}`)));
    });
    this.gone.catch(() => {});
    let rest = '';
    this.process.stdio[4].setEncoding('utf8').on('data', (data) => {
      const parts = (rest + data).split('\0');
      rest = parts.pop();
      for (const part of parts) this.take(JSON.parse(part));
    });
    this.process.stdio[3].on('error', () => {});
  }

  take(message) {
    const call = this.calls.get(message.id);
    if (!call) return this.hear(message);
    this.calls.delete(message.id);
    if (message.error) call.reject(new Error(`${call.method}: ${message.error.message}`));
    else call.resolve(message.result);
  }

  call(method, params = {}) {
    const id = this.calls.size + (this.next = (this.next ?? 0) + 1) * 1000;
    const answer = new Promise((resolve, reject) => this.calls.set(id, { method, resolve, reject }));
    const message = { id, method, params, ...(this.session ? { sessionId: this.session } : {}) };
    this.process.stdio[3].write(`${JSON.stringify(message)}\0`);
    return Promise.race([answer, this.gone]);
  }

  async evaluate(expression) {
    const { result, exceptionDetails } = await this.call('Runtime.evaluate', { expression, returnByValue: true });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  }
}

const profile = mkdtempSync(join(tmpdir(), 'player-'));
await new Promise((resolve) => { page.listen(0, '127.0.0.1', resolve); });
const browser = new Browser(profile);
const requests = new Map();
let failure = null;
try {
  const { targetId } = await browser.call('Target.createTarget', { url: 'about:blank' });
  browser.session = (await browser.call('Target.attachToTarget', { targetId, flatten: true })).sessionId;
  const began = Date.now();
  const own = `http://127.0.0.1:${page.address().port}`;
  browser.hear = ({ method, params }) => {
    const isOwn = ({ url }) => url.startsWith(own) || !url.startsWith('http');
    if (method === 'Network.requestWillBeSent' && !isOwn(params.request)) {
      const { url, method: verb } = params.request;
      // A redirect is a request of its own, under the same id.
      if (params.redirectResponse) {
        const before = requests.get(params.requestId);
        requests.set(`${params.requestId}-${requests.size}`, { ...before, status: params.redirectResponse.status });
        requests.delete(params.requestId);
      }
      requests.set(params.requestId, { at: (Date.now() - began) / 1000, method: verb, url, status: null });
    }
    const known = requests.get(params?.requestId);
    if (method === 'Network.responseReceived' && known) known.status = params.response.status;
    if (method === 'Network.loadingFailed' && known) known.failed = params.errorText;
  };
  for (const domain of ['Network', 'Page', 'Runtime']) await browser.call(`${domain}.enable`);
  await browser.call('Page.navigate', { url: `${own}/` });
  const deadline = Date.now() + START_LIMIT_MS + order.seconds * 1000;
  while (!(await browser.evaluate("typeof Hls === 'function' && document.readyState === 'complete'"))) {
    if (Date.now() > deadline) throw new Error('the page did not load');
    await new Promise((resolve) => { setTimeout(resolve, 50); });
  }
  await browser.evaluate(`(${play})(${JSON.stringify(order)})`);
  let result;
  for (;;) {
    await new Promise((resolve) => { setTimeout(resolve, 200); });
    result = await browser.evaluate('result()');
    const { until } = order;
    const asked = [...requests.values()].filter(({ url }) => until && url.includes(until.requests));
    const late = !result.started && Date.now() - began > Math.min(START_LIMIT_MS, order.seconds * 1000 + 10_000);
    if (result.over || (until && asked.length >= until.count) || late || Date.now() > deadline) break;
  }
  delete result.over;
  const list = [...requests.values()].sort((one, other) => one.at - other.at);
  process.stdout.write(JSON.stringify({ ...result, requests: list }));
} catch (error) {
  failure = error;
} finally {
  browser.process.removeAllListeners('exit');
  const over = new Promise((resolve) => { browser.process.once('exit', resolve); });
  if (browser.process.exitCode === null && browser.process.pid) {
    // With all the processes it began.
    process.kill(-browser.process.pid, 'SIGKILL');
    await over;
  }
  page.close();
  page.closeAllConnections?.();
  try {
    rmSync(profile, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  } catch {
    // A process that is still ending writes there; what it leaves is in the temporary folder.
  }
}
if (failure) {
  process.stderr.write(`${failure.stack}\n`);
  process.exit(1);
}
