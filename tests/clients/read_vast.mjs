// Reads VAST documents with a library that players use, plays each ad with its tracker, and
// prints what it found and which addresses it would have called.
//
// stdin: [{"name": …, "text": …}]    stdout: [{"name": …, "version": …, "ads": […], "called": […]}]

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { DOMParser } from '@xmldom/xmldom';

// The library calls an address by giving it to an image; here it is only written down.
const called = [];
globalThis.window = globalThis;
globalThis.Image = class {
  set src(address) {
    called.push(address);
  }
};

const { VASTParser, VASTTracker } = createRequire(import.meta.url)('@dailymotion/vast-client');

function play(ad, creative) {
  called.length = 0;
  const tracker = new VASTTracker(null, ad, creative);
  tracker.trackImpression();
  for (let second = 0; second < creative.duration; second += 0.5) tracker.setProgress(second);
  tracker.setMuted(true);
  tracker.setMuted(false);
  tracker.setPaused(true);
  tracker.setPaused(false);
  tracker.complete();
  let clickThrough = null;
  tracker.on('clickthrough', (address) => { clickThrough = address; });
  tracker.click();
  tracker.error({ ERRORCODE: 405 });
  return { called: [...called], clickThrough };
}

function describe(ad) {
  const creative = ad.creatives.find((one) => one.type === 'linear');
  const file = creative.mediaFiles[0];
  return {
    id: ad.id,
    sequence: ad.sequence,
    title: ad.title,
    system: ad.system.value,
    impressions: ad.impressionURLTemplates.map((one) => one.url),
    errors: ad.errorURLTemplates,
    duration: creative.duration,
    universalAdIds: (creative.universalAdIds ?? []).map((one) => one.value),
    tracking: creative.trackingEvents,
    clickThrough: creative.videoClickThroughURLTemplate?.url ?? null,
    mediaFiles: creative.mediaFiles.length,
    file: {
      url: file.fileURL,
      type: file.mimeType,
      width: file.width,
      height: file.height,
      bitrate: file.bitrate,
      delivery: file.deliveryType,
      codec: file.codec,
    },
    played: play(ad, creative),
  };
}

async function read({ name, text }) {
  called.length = 0;
  const parser = new VASTParser();
  const document = new DOMParser().parseFromString(text, 'text/xml');
  const answer = await parser.parseVAST(document);
  const whileReading = [...called];
  return { name, version: answer.version, called: whileReading, ads: answer.ads.map(describe) };
}

const cases = JSON.parse(readFileSync(0, 'utf8'));
const found = [];
for (const one of cases) found.push(await read(one));
process.stdout.write(JSON.stringify(found));
