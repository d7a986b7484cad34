import { describe, expect, it } from 'vitest';
import { filterNetwork, noFilter } from '../model/filter.ts';
import { groupActors } from '../model/grouping.ts';
import { sizeActors } from '../model/measures.ts';
import { NetworkReader } from '../model/network.ts';
import { atEvent, contactOf, palette } from '../testing/rows.ts';
import type { Chosen } from '../views/chosen.ts';
import { composeLook } from './compose-look.ts';
import type { Shown } from './emphasis.ts';

const reader = new NetworkReader();
reader.add([
  contactOf('dk:a', 'lt:b', atEvent('e1', '2010'), atEvent('e2', '2011')),
  contactOf('lt:b', 'no:c', atEvent('e3', '2012')),
]);
const network = reader.read();

/** The colours of dk:a, lt:b and no:c, and of the contacts of dk:a and of no:c with lt:b. */
function coloursWith(chosen?: Chosen, filter = noFilter, change: Partial<Shown> = {}) {
  const selection = filterNetwork(network, filter);
  const look = composeLook(network, {
    selection,
    sides: undefined,
    chosen,
    chains: [],
    grouping: groupActors(selection, 'kind', palette),
    sizes: sizeActors(network, selection, 'contacts', undefined),
    palette,
    ...change,
  });
  const colour = (place: number) => look.colours[place];
  return { actors: [...look.actors].map(colour), contacts: [...look.lines].map(colour), look };
}

describe('the colours of a drawing', () => {
  it('are those of the kinds while nothing is chosen', () => {
    const { actors, contacts, look } = coloursWith();
    expect(actors).toEqual(['#2', '#2', '#2']);
    expect(contacts).toEqual(['#999', '#999']);
    // Two were twice together, the others once.
    expect(look.widths[0]).toBeGreaterThan(look.widths[1] ?? Infinity);
    expect([...look.ends]).toEqual([0, 1, 1, 2]);
  });

  it('leave a chosen party and those around it, and make the others faint', () => {
    const { actors, contacts } = coloursWith({ type: 'party', id: 'dk:a' });
    expect(actors).toEqual(['#f00', '#2', '#eee']);
    expect(contacts).toEqual(['#999', '#eee']);
  });

  it('leave a chosen contact and its two parties', () => {
    const { actors, contacts, look } = coloursWith({ type: 'contact', key: 'lt:b no:c' });
    expect(actors).toEqual(['#eee', '#2', '#2']);
    expect(contacts).toEqual(['#eee', '#f00']);
    expect([...look.named]).not.toContain(0);
  });

  it('leave the party under the pointer and its neighbours', () => {
    const { actors, contacts } = coloursWith(undefined, noFilter, { pointed: 'no:c' });
    expect(actors).toEqual(['#eee', '#2', '#2']);
    expect(contacts).toEqual(['#eee', '#999']);
  });

  it('draw in the chains that were found', () => {
    const { actors, contacts } = coloursWith(undefined, noFilter, { chains: [['dk:a', 'lt:b']] });
    expect(actors).toEqual(['#2', '#2', '#eee']);
    expect(contacts).toEqual(['#f00', '#eee']);
  });

  it('hide what a filter leaves out', () => {
    const { actors, contacts } = coloursWith(undefined, { ...noFilter, from: '2012' });
    expect(actors).toEqual(['', '#2', '#2']);
    expect(contacts).toEqual(['#999']);
  });
});
