import ICAL from 'ical.js';
import { describe, expect, it } from 'vitest';
import { foldLine, writeCalendar, type CalendarEvent } from './calendar.js';

const now = new Date('2026-11-24T12:34:56.789Z');
const write = (...events: CalendarEvent[]): string =>
  [...writeCalendar({ calendar: { name: 'A week, or so', events } }, now)].join('');
const readEvents = (text: string) =>
  new ICAL.Component(ICAL.parse(text) as never)
    .getAllSubcomponents('vevent')
    .map((event) => new ICAL.Event(event));

const event: CalendarEvent = {
  uid: 'a:1',
  date: '2026-12-31',
  start: '09:00',
  end: '11:30',
  summary: 'Prosecutors; courts, and \\ more\nwith coffee',
  sequence: 3,
  confirmed: true,
  category: 'COURT',
  location: { name: 'Hall', city: null, country: 'EE' },
};

describe('writeCalendar', () => {
  it('cuts a text that is longer than any free text, and says so by its end', () => {
    const [read] = readEvents(write({ ...event, summary: '😀'.repeat(40_000) }));
    expect(read?.summary).toBe(`${'😀'.repeat(9_999)}…`);
  });

  it('writes floating times, and texts that are read back as they were', () => {
    const [read] = readEvents(write(event));
    expect(read?.uid).toBe('a:1@cooperation-hub');
    expect(read?.summary).toBe(event.summary);
    expect(read?.location).toBe('Hall, EE');
    expect(read?.sequence).toBe(3);
    expect(read?.startDate.toString()).toBe('2026-12-31T09:00:00');
    expect(read?.startDate.zone.tzid).toBe('floating');
    expect(read?.endDate.toString()).toBe('2026-12-31T11:30:00');
    expect(read?.component.getFirstPropertyValue('status')).toBe('CONFIRMED');
    expect(String(read?.component.getFirstPropertyValue('dtstamp'))).toBe('2026-11-24T12:34:56Z');
  });

  it.each([
    [null, null, null],
    ['in the morning', 'noon', 'in the morning – noon'],
    ['25:00', null, '25:00'],
    [null, '12:00', '12:00'],
  ])('takes the whole day where it begins at %j, and says what was said', (start, end, told) => {
    const [read] = readEvents(write({ ...event, start, end }));
    expect(read?.startDate.isDate).toBe(true);
    expect([read?.startDate, read?.endDate].map(String)).toEqual(['2026-12-31', '2027-01-01']);
    expect(read?.description ?? null).toBe(told);
  });

  it.each([
    ['9.15', null, null],
    ['09:15', 'late', '09:15 – late'],
    ['23:00', '01:00', '23:00 – 01:00'],
  ])('leaves the end open where it is not later: %j to %j', (start, end, told) => {
    const text = write({ ...event, start, end });
    expect(text).not.toContain('DTEND');
    expect(readEvents(text)[0]?.description ?? null).toBe(told);
  });

  it.each([
    [true, 'CONFIRMED'],
    [false, 'TENTATIVE'],
    [null, 'TENTATIVE'],
  ])('of what is confirmed (%j) says %s', (confirmed, status) => {
    expect(write({ ...event, confirmed })).toContain(`STATUS:${status}\r\n`);
  });

  it('says of the place what else is known where it is not told', () => {
    expect(write({ ...event, location: null, fallbackLocation: 'FI' })).toContain('LOCATION:FI');
    expect(write({ ...event, location: null })).not.toContain('LOCATION');
  });

  it('lets no text begin a line of its own', () => {
    const text = write({ ...event, summary: 'x\r\nEND:VEVENT\rBEGIN:VALARM\u0000\u2028' });
    expect(text.split('\r\n').filter((line) => line === 'END:VEVENT')).toHaveLength(1);
    expect(text).not.toContain('\r\nBEGIN:VALARM');
  });

  it('is NOT_FOUND where there is none', () => {
    expect(() => [...writeCalendar({ calendar: null }, now)]).toThrow(
      expect.objectContaining({ code: 'NOT_FOUND' }) as Error,
    );
  });
});

describe('foldLine', () => {
  it('breaks lines at 75 octets, and no character in two', () => {
    const line = `SUMMARY:${'åäö€😀'.repeat(30)}`;
    const parts = foldLine(line).split('\r\n');
    for (const part of parts) expect(Buffer.byteLength(part)).toBeLessThanOrEqual(75);
    expect(parts.map((part, index) => (index > 0 ? part.slice(1) : part)).join('')).toBe(line);
    expect(foldLine('x'.repeat(75))).toBe('x'.repeat(75));
  });
});
