import { CaptionerError } from '../packs/failure.ts';
import type { Pack, Vocabulary } from '../packs/schema.ts';
import type { TowerFiles } from '../runtime/towers.ts';
import { Matcher, type MatcherParts } from './matcher.ts';

/** The pack's match model; without its towers where they are missing, or cannot run now. */
export async function openMatcher(
  { match }: Pack,
  table: Vocabulary,
  parts: Pick<MatcherParts, 'shelf' | 'own' | 'openTowers'>,
  { photoTower, textTower }: Partial<TowerFiles>,
): Promise<Matcher | null> {
  const { scores } = table;
  if (!match || !scores) return null;
  const files = photoTower && textTower ? { photoTower, textTower } : null;
  const towers = files && (await parts.openTowers(files).catch(unlessFailure));
  return new Matcher({ ...parts, match, table: { ...table, scores }, towers });
}

function unlessFailure(error: unknown): null {
  if (error instanceof CaptionerError) return null;
  throw error;
}
