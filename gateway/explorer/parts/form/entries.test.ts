import { describe, expect, it } from 'vitest';
import {
  changesOf,
  entriesOf,
  findContended,
  findMistake,
  listTyped,
  readForm,
  renewEntries,
  takeSaved,
} from './entries.ts';
import type { InputField } from './input-field.ts';

const field = (name: string, type: string, isList = false): InputField => ({
  name,
  type,
  isList,
  isRequired: false,
});

function formOf(entries: Record<string, string | string[]>): FormData {
  const form = new FormData();
  for (const [name, values] of Object.entries(entries))
    for (const value of [values].flat()) form.append(name, value);
  return form;
}

describe('readForm', () => {
  it('gives each value the form of its type', () => {
    const fields = [field('on', 'Date'), field('first', 'Int'), field('grant', 'Boolean')];
    const on = { 'on-day': '5', 'on-month': '10', 'on-year': '2026' };
    const form = formOf({ ...on, first: '7', grant: 'false' });
    expect(readForm(fields, form, {})).toEqual({ on: '2026-10-05', first: 7, grant: false });
  });

  it('leaves out what is empty, so that nothing is overwritten', () => {
    const fields = [
      field('reason', 'String'),
      field('reserve', 'Boolean'),
      field('ids', 'ID', true),
    ];
    expect(readForm(fields, formOf({ reason: '  ', reserve: '', ids: '' }), {})).toEqual({});
  });

  it('sends a list that may be empty without items', () => {
    const languages = { ...field('languages', 'LanguageTag', true), mayBeEmpty: true };
    expect(readForm([languages], formOf({ languages: '' }), {})).toEqual({ languages: [] });
  });

  it('reads lists from lines, from commas and from several choices', () => {
    const fields = [field('languages', 'LanguageTag', true), field('attendees', 'ID', true)];
    const form = formOf({ languages: 'en\nru, da', attendees: ['no:1', 'no:2'] });
    expect(readForm(fields, form, {})).toEqual({
      languages: ['en', 'ru', 'da'],
      attendees: ['no:1', 'no:2'],
    });
  });

  it('keeps the commas of a sentence', () => {
    const form = formOf({ recommendations: 'Go on, and soon.\nMeet twice.' });
    expect(readForm([field('recommendations', 'String', true)], form, {})).toEqual({
      recommendations: ['Go on, and soon.', 'Meet twice.'],
    });
  });

  it('reads lists of objects, and leaves out objects without any value', () => {
    const inputs = { FindingInput: [field('title', 'String'), field('sector', 'Sector')] };
    const form = formOf({
      'findings.0.title': 'Shelters are full',
      'findings.0.sector': 'NGO',
      'findings.1.title': ' ',
      'findings.2.title': 'Trust grew',
    });
    expect(readForm([field('findings', 'FindingInput', true)], form, inputs)).toEqual({
      findings: [{ title: 'Shelters are full', sector: 'NGO' }, { title: 'Trust grew' }],
    });
  });
});

const partsOf = (day: string, month: string, year: string) =>
  formOf({ 'on-day': day, 'on-month': month, 'on-year': year });

describe('a date in three controls', () => {
  const partial = [field('on', 'PartialDate')];
  it.each([
    ['7', '3', '2027', '2027-03-07'],
    ['', '3', '2027', '2027-03'],
    ['', '', '2027', '2027'],
  ])('reads %s %s %s as %s', (day, month, year, expected) => {
    expect(readForm(partial, partsOf(day, month, year), {})).toEqual({ on: expected });
  });

  it.each([
    ['31', '2', '2027'],
    ['7', '13', '2027'],
    ['', '', '27'],
    ['7', '', '2027'],
    ['seven', '3', '2027'],
  ])('keeps %s %s %s as it was typed, and says that it is no date', (day, month, year) => {
    const { on } = readForm(partial, partsOf(day, month, year), {});
    expect(findMistake(field('on', 'PartialDate'), on)).toBe('noDate');
    expect(findMistake(field('on', 'Date'), on)).toBe('noDate');
  });

  it('is no day where only its month is known', () => {
    expect(findMistake(field('on', 'Date'), '2027-03')).toBe('noDate');
    expect(findMistake(field('on', 'PartialDate'), '2027-03')).toBeUndefined();
  });
});

it('gives each control what it had: lists, and objects in lists', () => {
  const values = {
    title: 'A week',
    countries: ['NO', 'SE'],
    sides: [{ name: 'East' }],
    none: null,
  };
  expect([...entriesOf(values)]).toEqual([
    ['title', ['A week']],
    ['countries', ['NO', 'SE']],
    ['sides.0.name', ['East']],
  ]);
});

it('shows a draft over a record that has changed: what was typed, and else what is there', () => {
  const base = { title: 'A', note: 'old', sides: [{ name: 'East' }], aims: ['x'], end: null };
  const typed = { title: 'B', sides: [{ name: 'East' }], aims: ['x', 'y'] };
  const now = {
    ...base,
    title: 'C',
    note: 'new',
    sides: [{ name: 'West' }],
    aims: ['z'],
    end: 'D',
  };
  const shown = renewEntries({ entries: entriesOf(typed), base }, now);
  // The note was emptied.
  expect(Object.fromEntries(shown)).toEqual({
    title: ['B'],
    'sides.0.name': ['West'],
    aims: ['x', 'y'],
    end: ['D'],
  });
});

it('lets each field of an object be, where somebody else changed another, and where nothing was typed', () => {
  const base = { set: { mailbox: 'a@b.example', telephone: '1' }, note: null };
  const now = { set: { mailbox: 'a@b.example', telephone: '2' }, note: 'new' };
  const entries = new Map([
    ['set.mailbox', ['c@b.example']],
    ['set.telephone', ['1']],
    ['note', ['']],
  ]);
  expect(Object.fromEntries(renewEntries({ entries, base }, now))).toEqual({
    'set.mailbox': ['c@b.example'],
    'set.telephone': ['2'],
    note: ['new'],
  });
  expect(findContended({ entries, base }, now)).toEqual([]);
});

it('finds what two people changed in different ways, and takes the other’s', () => {
  const base = { title: 'A', note: 'old', sides: [{ name: 'East' }] };
  const entries = entriesOf({ title: 'B', note: 'new', sides: [{ name: 'North' }] });
  const now = { title: 'C', note: 'new', sides: [{ name: 'West' }, { name: 'South' }] };
  const contended = findContended({ entries, base }, now);
  expect(contended.map(({ name }) => name)).toEqual(['title', 'sides']);
  const taken = contended.reduce(takeSaved, entries);
  expect(Object.fromEntries(taken)).toEqual(Object.fromEntries(entriesOf(now)));
});

describe('changesOf', () => {
  const fields = [field('title', 'String'), field('note', 'String'), field('aims', 'String', true)];
  it('has what differs, and null or an empty list for what was emptied', () => {
    const before = { title: 'A', note: 'old', aims: ['x'] };
    expect(changesOf(fields, before, { title: 'A' })).toEqual({ note: null, aims: [] });
    expect(changesOf(fields, before, { ...before, title: 'B' })).toEqual({ title: 'B' });
  });

  it('has no objects that are as they were, whatever is not known of them', () => {
    const before = {
      sides: [{ name: 'North', hosts: [], selectors: undefined, countries: ['DK'] }],
    };
    const after = { sides: [{ countries: ['DK'], name: 'North' }] };
    expect(changesOf([field('sides', 'SideInput', true)], before, after)).toEqual({});
    const other = { sides: [{ countries: ['DK'], name: 'South' }] };
    expect(changesOf([field('sides', 'SideInput', true)], before, other)).toEqual(other);
  });

  it('has what the schema requires, changed or not', () => {
    const required = { ...field('day', 'Date'), isRequired: true };
    expect(changesOf([required], { day: '2027-03-07' }, { day: '2027-03-07' })).toEqual({
      day: '2027-03-07',
    });
  });
});

describe('listTyped', () => {
  it('lists what is typed into each item of a list, with its place, and nothing empty', () => {
    const form = formOf({ 'sides.0.name': 'North ', 'sides.3.name': 'South', 'sides.4.name': '' });
    form.append('sides.0.countries', 'NO');
    expect(listTyped('sides.name', form)).toEqual([
      { value: 'North', label: 'North', typedAt: 'sides.0.name' },
      { value: 'South', label: 'South', typedAt: 'sides.3.name' },
    ]);
    const initial = entriesOf({ sides: [{ name: 'North' }, { name: '' }] });
    expect(listTyped('sides.name', initial)).toMatchObject([{ typedAt: 'sides.0.name' }]);
  });
});
