import { describe, expect, it } from 'vitest';
import { filterNetwork, noFilter } from '../model/filter.ts';
import { NetworkReader } from '../model/network.ts';
import { atEvent, contactOf } from '../testing/rows.ts';
import { findActor, findContact } from './find-at.ts';

const reader = new NetworkReader();
reader.add([
  contactOf('dk:a', 'lt:b', atEvent('e1', '2010')),
  contactOf('lt:b', 'no:c', atEvent('e2', '2012')),
]);
const network = reader.read();
/** dk:a at 0, 0; lt:b right of it; no:c above lt:b, where the axis of the layout points. */
const layout = {
  positions: Float32Array.of(0, 0, 10, 0, 10, 10),
  sizes: Float32Array.of(5, 5, 5),
};
/** Ten pixels for each unit, the middle of the canvas at 100, 100. */
const frame = {
  width: 200,
  height: 200,
  sharpness: 1,
  camera: { x: 0, y: 0, scale: [10, 10] as const },
  pointed: undefined,
};
const findAt = (x: number, y: number, filter = noFilter) => {
  const place = {
    at: [x, y] as const,
    ...layout,
    frame,
    selection: filterNetwork(network, filter),
  };
  const actor = findActor(place);
  return {
    actor: actor === undefined ? undefined : network.actors[actor]?.id,
    contact: findContact(place),
  };
};

describe('finding what is drawn at a point', () => {
  it('finds a party within its circle, and a little beside it', () => {
    expect(findAt(100, 100).actor).toBe('dk:a');
    expect(findAt(208, 100).actor).toBe('lt:b');
    expect(findAt(200, 0).actor).toBe('no:c');
    expect(findAt(200, 15).actor).toBeUndefined();
  });

  it('finds a contact along its line, and not beyond its ends', () => {
    expect(findAt(150, 102).contact).toBe('dk:a lt:b');
    expect(findAt(150, 110).contact).toBeUndefined();
    expect(findAt(200, 50).contact).toBe('lt:b no:c');
    expect(findAt(50, 100).contact).toBeUndefined();
  });

  it('finds nothing that a filter leaves out', () => {
    const since2011 = { ...noFilter, from: '2011' };
    expect(findAt(100, 100, since2011)).toEqual({ actor: undefined, contact: undefined });
    expect(findAt(150, 100, since2011).contact).toBeUndefined();
    expect(findAt(200, 50, since2011).contact).toBe('lt:b no:c');
  });
});
