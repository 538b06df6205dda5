import 'fake-indexeddb/auto';
import { clear, set } from 'idb-keyval';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { changeOwnLines, loadOwnLines, NO_OWN_LINES, type OwnLines } from './ownLines.ts';

const LINE = { id: 1, text: '바다는 늘 옳다', tags: ['바다'] };
const add = (own: OwnLines): OwnLines => ({ ...own, lines: [...own.lines, LINE] });

describe('own lines', () => {
  beforeEach(() => clear());
  afterEach(() => {
    vi.restoreAllMocks();
  });

  it('come back as they were kept, books and all', async () => {
    const book = { language: 'ko', ids: [1], bytes: new Uint8Array([1, 2, 3]) } as const;
    await changeOwnLines((own) => ({ ...add(own), books: [book] }));
    const own = await loadOwnLines();
    expect(own?.lines).toEqual([LINE]);
    expect([...(own?.books[0]?.bytes ?? [])]).toEqual([1, 2, 3]);
  });

  it('are changed from what is kept, not from what this tab last saw', async () => {
    await changeOwnLines(add);
    const changed = await changeOwnLines((own) => add(own));
    expect(changed?.lines).toHaveLength(2);
  });

  it('of a later version are left alone', async () => {
    await set('own-lines', { ...NO_OWN_LINES, version: 2 });
    expect(await loadOwnLines()).toBeNull();
    expect(await changeOwnLines(add)).toBeNull();
    await set('own-lines', { ...NO_OWN_LINES, lines: [LINE] });
    expect((await loadOwnLines())?.lines).toEqual([LINE]);
  });

  it('are as they were when a change cannot be kept', async () => {
    await changeOwnLines(add);
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
      throw new DOMException('full', 'QuotaExceededError');
    });
    expect(await changeOwnLines(() => NO_OWN_LINES)).toBeNull();
    vi.restoreAllMocks();
    expect((await loadOwnLines())?.lines).toEqual([LINE]);
  });
});
