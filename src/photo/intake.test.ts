import { describe, expect, it } from 'vitest';
import { pickPhoto } from './intake.ts';

const file = (name: string, type: string) => new File(['x'], name, { type });

describe('pickPhoto', () => {
  it('takes one photo of a gesture and counts the others', () => {
    const photo = file('b.jpg', 'image/jpeg');
    const intake = pickPhoto([file('a.txt', 'text/plain'), photo, file('c.png', 'image/png')]);
    expect(intake).toEqual({ kind: 'photo', file: photo, others: 2 });
  });

  it('takes a file that does not call itself an image, for its bytes to tell', () => {
    const nameless = file('photo', '');
    expect(pickPhoto([nameless])).toEqual({ kind: 'photo', file: nameless, others: 0 });
  });

  it('finds nothing in nothing', () => {
    expect(pickPhoto([])).toEqual({ kind: 'nothing' });
  });
});
