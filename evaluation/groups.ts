import type { Group, Scores } from './scores.ts';

/** What each group of photos is, in the order of the tables; `scoring/groups.py` makes them. */
export const GROUP_TITLES: Readonly<Record<string, string>> = {
  'plain-en': 'plain English, Flickr8k (5 human references)',
  'plain-en-other': 'plain English, other sources (1 reference)',
  'plain-ko': 'plain Korean (1)',
  'instagram-en': 'Instagram English (1)',
  'instagram-ko': 'Instagram Korean (1)',
  'romantic-en': 'romantic English',
  'humorous-en': 'humorous English',
};

/** The groups of captions that there are, in the order of the tables. */
export function captionGroups(groups: Scores['groups']): [string, Group][] {
  return Object.keys(GROUP_TITLES).flatMap((name): [string, Group][] => {
    const group = groups[name];
    return group === undefined ? [] : [[name, group]];
  });
}
