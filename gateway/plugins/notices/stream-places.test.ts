import { anonymous, type Reader } from '@hub/shared/identity';
import { describe, expect, it } from 'vitest';
import { createStreamPlaces } from './stream-places.js';

const person = (organisation: string, subject = 'a'): Reader => ({
  kind: 'person',
  organisation,
  subject,
  role: 'coordinator',
  purpose: undefined,
});

/** Places of which the test sees who has them, the longest first. */
function openPlaces(options: Partial<Parameters<typeof createStreamPlaces>[0]> = {}) {
  const places = createStreamPlaces({ perReader: 100, total: 10, forPeople: 5, ...options });
  const present: string[] = [];
  const ended: string[] = [];
  const leave = new Map<string, () => void>();
  return {
    present,
    ended,
    leave: (name: string) => leave.get(name)?.(),
    enter(reader: Reader, name: string, address?: string): boolean {
      try {
        const end = () => {
          ended.push(name);
          present.splice(present.indexOf(name), 1);
        };
        leave.set(name, places.enter(reader, address, end));
        present.push(name);
        return true;
      } catch (error) {
        expect(error).toMatchObject({ code: 'RATE_LIMITED', extensions: { retryAfter: 5 } });
        return false;
      }
    },
  };
}

describe('createStreamPlaces', () => {
  it('gives an organisation with none the place of the longest stream of the one with most', () => {
    const { enter, ended } = openPlaces();
    for (const number of [1, 2, 3, 4, 5]) {
      expect(enter(person('dk', `${number}`), `dk ${number}`)).toBe(true);
      if (number < 5) expect(enter(person('fi', `${number}`), `fi ${number}`)).toBe(true);
    }
    expect(enter(person('se'), 'se 1')).toBe(true);
    expect(enter(person('no'), 'no 1')).toBe(true);
    expect(ended).toEqual(['dk 1']);
  });

  it('shares the places of two organisations among all ten, and gives none back to those who had most', () => {
    const { enter, present } = openPlaces();
    for (const number of [1, 2, 3, 4, 5])
      for (const code of ['dk', 'fi']) enter(person(code, `${number}`), `${code} ${number}`);
    const others = ['ee', 'is', 'lt', 'lv', 'no', 'se', 'ncm', 'nbnp'];
    for (const code of others) expect(enter(person(code), code), code).toBe(true);
    const counts = new Map<string, number>();
    for (const name of present) {
      const [code = ''] = name.split(' ');
      counts.set(code, (counts.get(code) ?? 0) + 1);
    }
    expect(counts).toEqual(new Map(['dk', 'fi', ...others].map((code) => [code, 1])));
    for (const code of ['dk', 'fi', 'ee']) expect(enter(person(code, 'b'), 'again')).toBe(false);
  });

  it('never lets an organisation have more than half, nor a person more than five', () => {
    const { enter } = openPlaces({ perReader: 2 });
    expect([1, 2, 3].map((one) => enter(person('dk'), `dk ${one}`))).toEqual([true, true, false]);
    const more = [1, 2, 3, 4].map((one) => enter(person('dk', `b${one}`), `dk b${one}`));
    expect(more).toEqual([true, true, true, false]);
  });

  it('lets callers without a token displace only one another, and leaves half to people', () => {
    const { enter, ended } = openPlaces();
    for (const number of [1, 2, 3, 4, 5])
      expect(enter(anonymous, `first ${number}`, '192.0.2.1')).toBe(true);
    for (const number of [1, 2, 3, 4, 5]) enter(person('dk', `${number}`), `dk ${number}`);
    expect(enter(anonymous, 'second', '192.0.2.2')).toBe(true);
    expect(ended).toEqual(['first 1']);
    expect(enter(anonymous, 'first again', '192.0.2.1')).toBe(false);
    expect(enter(person('se'), 'se')).toBe(true);
    expect(ended).toEqual(['first 1', 'dk 1']);
  });

  it('gives a place that was left to whoever comes next, and ends nobody', () => {
    const { enter, leave, ended } = openPlaces({ total: 2, forPeople: 0 });
    for (const code of ['dk', 'fi']) enter(person(code), code);
    expect(enter(person('se'), 'se')).toBe(false);
    leave('dk');
    leave('dk');
    expect(enter(person('se'), 'se')).toBe(true);
    expect(enter(person('no'), 'no')).toBe(false);
    expect(ended).toEqual([]);
  });
});
