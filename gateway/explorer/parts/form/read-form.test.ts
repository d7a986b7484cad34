import { describe, expect, it } from 'vitest';
import { labelOf, type InputField } from './input-field.ts';
import { readForm } from './read-form.ts';

const field = (name: string, type: string, isList = false): InputField => ({
  name,
  type,
  isList,
  isRequired: false,
  description: '',
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
    const form = formOf({ on: '2026-10-05', first: '7', grant: 'false' });
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

it('labels read as words', () => expect(labelOf('contactOnTheSpot')).toBe('Contact on the spot'));
