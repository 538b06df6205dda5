import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from '@playwright/test';
import { ROOT } from '../scripts/lib/paths.mjs';
import type { Answer, LookupWindow, Spread } from './lookup/protocol.ts';
import { LOOKUP_HOST } from './support/hosts.ts';

const write = (line: string) => process.stdout.write(`${line}\n`);
const PHOTOS = join(ROOT, 'evaluation', 'golden', 'photos');

test('how long a look-up takes', async ({ page }) => {
  await page.goto(LOOKUP_HOST);
  const files = readdirSync(PHOTOS).filter((name) => name.endsWith('.png'));
  await page.getByTestId('photo-input').setInputFiles(files.map((file) => join(PHOTOS, file)));
  const handle = await page.waitForFunction(() => (globalThis as LookupWindow).lookupAnswer);
  const answer = (await handle.jsonValue()) as Answer;
  if (!answer.ok) throw new Error(answer.detail);
  const { lookups, encoder, photoTower, reading, own } = answer.times;
  const rows: readonly [string, Spread][] = [
    ...lookups.map((one): [string, Spread] => [`look-up, ${one.what}, ${one.lines} lines`, one]),
    ['encoder', encoder],
    ['photo tower', photoTower],
    ['reading a book', reading],
  ];
  write(`\nChromium ${page.context().browser()?.version() ?? ''}, one thread, milliseconds`);
  for (const [what, { median, slowest }] of rows) {
    write(`${what.padEnd(34)} median ${median.toFixed(2)}, slowest ${slowest.toFixed(2)}`);
  }
  const { lines, milliseconds } = own;
  write(`${`book of ${lines} own lines`.padEnd(34)} ${milliseconds.toFixed(0)}`);
});
