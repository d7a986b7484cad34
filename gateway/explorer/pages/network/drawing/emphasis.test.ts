import { describe, expect, it } from 'vitest';
import { filterNetwork, noFilter } from '../model/filter.ts';
import { NetworkReader } from '../model/network.ts';
import { atEvent, contactOf } from '../testing/rows.ts';
import type { Chosen } from '../views/chosen.ts';
import { composeLook } from './compose-look.ts';
import { emphasise } from './emphasis.ts';
import type { Palette } from './palette.ts';

const reader = new NetworkReader();
reader.add([
  contactOf('dk:a', 'lt:b', atEvent('e1', '2010'), atEvent('e2', '2011')),
  contactOf('lt:b', 'no:c', atEvent('e3', '2012')),
]);
const network = reader.read();
const palette: Palette = {
  paper: '#fff',
  ink: '#000',
  edge: '#999',
  faint: '#eee',
  chosen: '#f00',
  kinds: { Office: '#1', Organisation: '#2', PoliceUnit: '#3', Country: '#2' },
  sides: { before: '#5', after: '#6', both: '#7', undated: '#8' },
};

/** The colours of dk:a, lt:b and no:c, and of the contacts of dk:a and of no:c with lt:b. */
function coloursWith(chosen?: Chosen, filter = noFilter) {
  const shown = { selection: filterNetwork(network, filter), sides: undefined, chosen, palette };
  const look = composeLook(network, shown, emphasise(shown));
  const colour = (place: number) => look.colours[place];
  return { actors: [...look.actors].map(colour), contacts: [...look.lines].map(colour), look };
}

describe('the colours of a drawing', () => {
  it('are those of the kinds while nothing is chosen', () => {
    const { actors, contacts, look } = coloursWith();
    expect(actors).toEqual(['#2', '#2', '#2']);
    expect(contacts).toEqual(['#999', '#999']);
    // Half a pixel, and half a pixel for each evidence.
    expect([...look.widths]).toEqual([1.5, 1]);
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

  it('hide what a filter leaves out', () => {
    const { actors, contacts } = coloursWith(undefined, { ...noFilter, from: '2012' });
    expect(actors).toEqual(['', '#2', '#2']);
    expect(contacts).toEqual(['#999']);
  });
});
