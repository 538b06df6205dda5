import { expect, type Locator, type Page } from '@playwright/test';

/** What `setInputFiles` takes: a path, or a file made in memory. */
export type PhotoFile = string | { name: string; mimeType: string; buffer: Buffer };

/** A finished post, as a person reads it. */
export interface PostText {
  readonly caption: string;
  readonly hashtags: readonly string[];
  readonly altText: string;
}

export type Language = 'ko' | 'en';

/** The handles of DESIGN.md, "The page"; everything else is found by role and name. */
export class ComposeScreen {
  readonly page: Page;
  readonly caption: Locator;
  readonly captionOptions: Locator;
  readonly hashtags: Locator;
  readonly altText: Locator;
  readonly copy: Locator;
  readonly status: Locator;
  readonly samples: Locator;
  readonly photoInput: Locator;

  constructor(page: Page) {
    this.page = page;
    this.caption = page.getByTestId('caption');
    this.captionOptions = page.getByTestId('caption-option');
    this.hashtags = page.getByTestId('hashtag');
    this.altText = page.getByTestId('alt-text');
    this.copy = page.getByTestId('copy');
    this.status = page.getByTestId('engine-status');
    this.samples = page.getByTestId('sample-photo');
    this.photoInput = page.getByTestId('photo-input').first();
  }

  /** Opens the app, and keeps a record of the states that the engine goes through. */
  async open(): Promise<void> {
    await this.page.addInitScript(recordEngineStates);
    await this.page.goto('./');
    await expect(this.samples.first()).toBeVisible();
  }

  /** As on a first visit, but for the model: no draft, nothing remembered. */
  async startAfresh(): Promise<void> {
    const session = await this.page.context().newCDPSession(this.page);
    const { origin } = new URL(this.page.url());
    await session.send('Storage.clearDataForOrigin', { origin, storageTypes: 'indexeddb' });
    await session.detach();
    await this.page.reload();
    await expect(this.samples.first()).toBeVisible();
  }

  async choose(file: PhotoFile): Promise<void> {
    await this.photoInput.setInputFiles(file);
  }

  /** Chooses a photo and waits for its post. */
  async write(file: PhotoFile): Promise<PostText> {
    return this.postAfter(() => this.choose(file));
  }

  /** The post that an action brings about: the engine has worked since, and every part is there. */
  async postAfter(action: () => Promise<void>): Promise<PostText> {
    const before = await this.timesBusy();
    await action();
    await expect.poll(() => this.timesBusy(), { timeout: 120_000 }).toBeGreaterThan(before);
    return this.finished();
  }

  /** Waits until the engine rests and every part of the post is there. */
  async finished(): Promise<PostText> {
    await expect(this.status).toHaveAttribute('data-state', 'ready', { timeout: 120_000 });
    await expect(this.caption).not.toHaveValue('');
    await expect(this.altText).not.toHaveValue('');
    await expect(this.copy).toBeEnabled();
    return this.read();
  }

  async read(): Promise<PostText> {
    return {
      caption: await this.caption.inputValue(),
      hashtags: (await this.hashtags.allInnerTexts()).map((text) => text.trim()),
      altText: await this.altText.inputValue(),
    };
  }

  /** How often the engine has begun to work since the page was opened. */
  timesBusy(): Promise<number> {
    return this.page.evaluate(
      () =>
        (globalThis as EngineRecord).engineStates?.filter((state) => state === 'busy').length ?? 0,
    );
  }
}

type EngineRecord = typeof globalThis & { engineStates?: string[] };

/** Runs in the page: a poll could miss a state that lasts for a moment. */
function recordEngineStates(): void {
  const states: string[] = [];
  (globalThis as EngineRecord).engineStates = states;
  const look = (): void => {
    const state = document.querySelector<HTMLElement>('[data-testid="engine-status"]')?.dataset[
      'state'
    ];
    if (state !== undefined && state !== states.at(-1)) states.push(state);
  };
  new MutationObserver(look).observe(document, {
    subtree: true,
    childList: true,
    attributeFilter: ['data-state'],
  });
}
