import type { Palette } from '../drawing/palette.ts';
import type { ContactRow } from '../model/network.ts';

type Evidence = ContactRow['evidence'][number];
type Event = NonNullable<Evidence['event']>;

/** An event as evidence, for a test. */
export const atEvent = (id: string, on: string | null, event: Partial<Event> = {}): Evidence => ({
  basis: 'EVENT',
  on,
  source: `https://example.org/${id}`,
  isRehearsal: false,
  event: {
    id,
    title: `Title of ${id}`,
    kind: 'MEETING',
    city: null,
    country: null,
    startsOn: on,
    endsOn: null,
    ...event,
  },
  programme: null,
});

/** A contact of two organisations, for a test. The part of an id before `:` is its country. */
export const contactOf = (one: string, other: string, ...evidence: Evidence[]): ContactRow => ({
  countries: [],
  parties: [one, other].map((id) => ({
    __typename: 'Organisation' as const,
    id,
    name: `Name of ${id}`,
    country: id.slice(0, 2).toUpperCase(),
    form: null,
    city: null,
    source: null,
  })),
  evidence,
});

/** Colours that a test tells apart. */
export const palette: Palette = {
  paper: '#fff',
  ink: '#000',
  edge: '#999',
  faint: '#eee',
  chosen: '#f00',
  hues: ['#h0', '#h1', '#h2'],
  kinds: { Office: '#1', Organisation: '#2', PoliceUnit: '#3', Country: '#2' },
  sides: { before: '#5', after: '#6', both: '#7', undated: '#8' },
};
