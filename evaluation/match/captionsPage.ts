import { CONCEPT_LINE, type Book } from '../../workers/captioner/matching/book.ts';
import type { CaptionOption, Language } from '../../workers/captioner/contract.ts';
import type { Annotation } from './annotations.ts';

/** One photo with what would be offered for it. */
export interface Sheet {
  readonly annotation: Annotation;
  readonly offers: Readonly<Record<Language, readonly CaptionOption[]>>;
}

export interface CaptionsPage {
  readonly pack: string;
  readonly seed: number;
  /** Folder of the photos, relative to the page; files are `<id with _ for />.jpg`. */
  readonly photos: string;
  readonly sheets: readonly Sheet[];
  readonly books: Readonly<Record<Language, Book>>;
}

const STYLE = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { max-width: 76rem; margin: 0 auto; padding: 1rem; }
article { display: grid; grid-template-columns: 14rem 1fr 1fr; gap: 1rem; padding: 1rem 0; border-top: 1px solid #8886; }
img { width: 100%; aspect-ratio: 1; object-fit: cover; background: #8883; }
ol { margin: 0; padding-left: 1.5rem; }
small { opacity: 0.75; }
p { margin: 0.25rem 0; }
@media (max-width: 50rem) { article { grid-template-columns: 1fr; } }
`;

/** Where a photo's file lies below the page's folder of photos. */
export function photoFile(id: string): string {
  return `${id.replaceAll('/', '_')}.jpg`;
}

/** `docs/captions.html`: photos with what is offered, for a person to judge. */
export function captionsPage(page: CaptionsPage): string {
  const { pack, seed, sheets } = page;
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Hanmadi: captions to judge</title>
<style>${STYLE}</style>
<h1>Captions to judge</h1>
<p>${sheets.length} photos of the test split, drawn with seed ${seed}; five captions in each language, best first, as pack <code>${escape(pack)}</code> offers them. With each: where it comes from, the calibrated probability that it fits, and the word that the app shows for it.</p>
<p>Written by <code>npm run captions -- --data DIR</code>, which also takes the photos out of the data folder and puts them beside this page: they are not in the repository.</p>
${sheets.map((sheet) => article(sheet, page)).join('\n')}
</html>
`;
}

function article(
  { annotation: { photo, texts, tags }, offers }: Sheet,
  { photos, books }: CaptionsPage,
): string {
  const description = escape(texts['plain-en']);
  return `<article>
<div><img loading="lazy" src="${photos}/${escape(photoFile(photo))}" alt="${description}">
<p><small>${escape(photo)}<br>${description}<br>${escape(tags.join(', '))}</small></p></div>
${list('ko', offers.ko, books.ko)}
${list('en', offers.en, books.en)}
</article>`;
}

function list(language: Language, offers: readonly CaptionOption[], book: Book): string {
  const items = offers.map(({ text, source, probability, confidence, tone }) => {
    const told = [
      source === 'book' ? kindOf(text, book) : 'written',
      ...(tone === null ? [] : [tone]),
      probability?.toFixed(2) ?? '–',
      confidence ?? '–',
    ];
    return `<li>${escape(text)}<br><small lang="en">${told.join(' · ')}</small></li>`;
  });
  return `<ol lang="${language}">${items.join('\n')}</ol>`;
}

function kindOf(text: string, { texts, kinds }: Book): string {
  return kinds[texts.indexOf(text)] === CONCEPT_LINE ? 'book, concept line' : 'book, photo line';
}

function escape(text: string): string {
  const names: Readonly<Record<string, string>> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
  };
  return text.replace(/[&<>"]/gu, (letter) => names[letter] ?? letter);
}
