import { readFileSync } from 'node:fs';
import { expect, type Locator, type Page } from '@playwright/test';
import { en } from '../../src/i18n/en.ts';
import type { PhotoFile } from './composeScreen.ts';

/** The dialog "My lines", in English. */
export class MyLines {
  readonly page: Page;
  readonly dialog: Locator;
  readonly field: Locator;
  readonly report: Locator;
  readonly rows: Locator;
  readonly search: Locator;

  constructor(page: Page) {
    this.page = page;
    this.dialog = page.getByRole('dialog', { name: en.lines.label });
    this.field = this.dialog.getByRole('textbox', { name: en.lines.paste });
    this.report = this.dialog.locator('.import-note');
    this.rows = this.dialog.getByTestId('own-line');
    this.search = this.dialog.getByRole('searchbox', { name: en.lines.search });
  }

  async open(): Promise<void> {
    await this.page.getByRole('banner').getByRole('button', { name: en.lines.label }).click();
    await expect(this.dialog).toBeVisible();
  }

  async close(): Promise<void> {
    await this.page.keyboard.press('Escape');
    await expect(this.dialog).toBeHidden();
  }

  async paste(text: string): Promise<void> {
    await this.field.fill(text);
    await this.dialog.getByRole('button', { name: en.lines.add, exact: true }).click();
  }

  async import(file: PhotoFile): Promise<void> {
    await this.dialog.getByTestId('lines-input').setInputFiles(file);
  }

  /** How many lines there are, as the list says. */
  async expectCount(count: number): Promise<void> {
    const words =
      count === 0 ? en.lines.none : count === 1 ? '1 line' : `${count.toLocaleString('en')} lines`;
    await expect(this.dialog.getByRole('heading', { name: words, exact: true })).toBeVisible();
  }

  async export(): Promise<Buffer> {
    const download = this.page.waitForEvent('download');
    await this.dialog.getByRole('button', { name: en.lines.export }).click();
    return readFileSync(await (await download).path());
  }

  async clear(): Promise<void> {
    const button = this.dialog.getByRole('button', { name: en.lines.clear });
    await button.click();
    await button.click(); // the one that confirms has taken its place
    await this.expectCount(0);
  }
}

export const textFile = (name: string, content: string | Buffer): PhotoFile => ({
  name,
  mimeType: 'text/plain',
  buffer: Buffer.from(content),
});
