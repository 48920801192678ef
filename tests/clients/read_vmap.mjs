// Reads VMAP documents with a library that players use, the VAST documents in them with another,
// and prints what they found.
//
// stdin: [{"name": …, "text": …}]
// stdout: [{"name": …, "version": …, "breaks": [{"offset": …, "id": …, "tag": …, "ads": …}]}]

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { DOMParser, XMLSerializer } from '@xmldom/xmldom';

globalThis.window = globalThis;

const require = createRequire(import.meta.url);
const VMAP = require('@dailymotion/vmap');
const { VASTParser } = require('@dailymotion/vast-client');

async function adsOf(element) {
  if (!element) return null;
  const text = new XMLSerializer().serializeToString(element);
  const document = new DOMParser().parseFromString(text, 'text/xml');
  const parsed = await new VASTParser().parseVAST(document, {});
  return parsed.ads.map((ad) => ad.id);
}

async function describe(one) {
  const source = one.adSource;
  return {
    offset: one.timeOffset,
    type: one.breakType,
    id: one.breakId,
    isManyAllowed: source.allowMultipleAds,
    tag: source.adTagURI ? source.adTagURI.uri : null,
    ads: await adsOf(source.vastAdData),
  };
}

async function read({ name, text }) {
  const document = new DOMParser().parseFromString(text, 'text/xml');
  const vmap = new (VMAP.default ?? VMAP)(document);
  const breaks = [];
  for (const one of vmap.adBreaks) breaks.push(await describe(one));
  return { name, version: vmap.version, breaks };
}

const documents = JSON.parse(readFileSync(0, 'utf8'));
const found = [];
for (const one of documents) found.push(await read(one));
process.stdout.write(JSON.stringify(found));
