import { beforeEach, describe, expect, it, vi } from 'vitest';

/** As on a page that was opened just now. */
async function open() {
  vi.resetModules();
  return await import('./recentLines.ts');
}

const line = (photoId: string, text: string) => ({ photoId, language: 'ko' as const, text });

describe('recent lines', () => {
  beforeEach(() => {
    localStorage.clear();
  });

  it('hold one caption for a photo, the newest last, and outlive a reload', async () => {
    const { rememberLine } = await open();
    rememberLine(line('a', '파도'));
    rememberLine(line('b', '바다'));
    rememberLine(line('a', '모래'));
    rememberLine({ ...line('a', 'Sand'), language: 'en' });
    const { recentLines } = await open();
    expect(recentLines().map(({ text }) => text)).toEqual(['바다', '모래', 'Sand']);
  });

  it('are twenty at most', async () => {
    const { rememberLine, recentLines } = await open();
    for (let index = 0; index < 25; index += 1) rememberLine(line(`${index}`, `글 ${index}`));
    expect(recentLines()).toHaveLength(20);
    expect(recentLines()[0]?.text).toBe('글 5');
  });

  it.each(['{', '{}', '[1,null,{"text":"a"}]'])('survive %s', async (stored) => {
    localStorage.setItem('hanmadi:recent-lines', stored);
    expect((await open()).recentLines()).toEqual([]);
  });
});
