import ICAL from 'ical.js';
import { describe, expect, it } from 'vitest';
import { writeCalendar, type CalendarEvent } from './calendar.js';

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
  it('cuts a text that is longer than any free text, and marks the cut', () => {
    const [read] = readEvents(write({ ...event, summary: '😀'.repeat(40_000) }));
    expect(read?.summary).toBe(`${'😀'.repeat(9_999)}…`);
  });

  it('writes floating times, and texts that can be read back unchanged', () => {
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
  ])(
    'writes a whole day for the start %j, and repeats the text in the description',
    (start, end, told) => {
      const [read] = readEvents(write({ ...event, start, end }));
      expect(read?.startDate.isDate).toBe(true);
      expect([read?.startDate, read?.endDate].map(String)).toEqual(['2026-12-31', '2027-01-01']);
      expect(read?.description ?? null).toBe(told);
    },
  );

  it.each([
    ['9.15', null, null],
    ['09:15', 'late', '09:15 – late'],
    ['23:00', '01:00', '23:00 – 01:00'],
  ])('leaves the end out if it is not later: %j to %j', (start, end, told) => {
    const text = write({ ...event, start, end });
    expect(text).not.toContain('DTEND');
    expect(readEvents(text)[0]?.description ?? null).toBe(told);
  });

  it.each([
    [true, 'CONFIRMED'],
    [false, 'TENTATIVE'],
    [null, 'TENTATIVE'],
  ])('with the confirmation %j has the status %s', (confirmed, status) => {
    expect(write({ ...event, confirmed })).toContain(`STATUS:${status}\r\n`);
  });

  it.each(['CALLED_OFF', 'NOT_HELD'])(
    'cancels an event with the status %s, and says why',
    (status) => {
      const text = write({ ...event, status, reason: 'Closed.', sequence: 4 });
      expect(text).toContain('STATUS:CANCELLED\r\nSEQUENCE:4\r\n');
      expect(readEvents(text)[0]?.description).toBe('Cancelled: Closed.');
    },
  );

  it.each(['PLANNED', 'HELD'])('does not cancel an event with the status %s', (status) => {
    expect(write({ ...event, status })).toContain('STATUS:CONFIRMED');
  });

  it('has the address in the location, and the meeting point, contact and note in the description', () => {
    const place = { address: 'Example Street 1', fallbackLocation: 'EE' };
    const text = {
      meetingPoint: 'The gate',
      contact: 'The reception, +000 1',
      note: 'Bring the passports.',
    };
    const [read] = readEvents(write({ ...event, ...place, ...text, end: 'late' }));
    expect(read?.location).toBe('Hall, EE, Example Street 1');
    expect(read?.description).toBe(
      '09:00 – late\nMeeting point: The gate\nContact: The reception, +000 1\nBring the passports.',
    );
    const [alone] = readEvents(write({ ...event, ...place, location: null }));
    expect(alone?.location).toBe('Example Street 1');
  });

  it.each([
    ['calendar', { cancelledOn: '2026-12-01', partOf: { cancelledOn: null } }],
    ['part of what was cancelled', { cancelledOn: null, partOf: { cancelledOn: '2026-12-01' } }],
    ['calendar in it', { cancelledOn: '2026-12-01', partOf: { cancelledOn: '2026-12-02' } }],
  ])('cancels all events of a cancelled %s, each with a higher sequence', (_, cancelled) => {
    const calendar = { name: 'A week', ...cancelled, events: [event] };
    const text = [...writeCalendar({ calendar }, now)].join('');
    expect(text).toContain('STATUS:CANCELLED\r\nSEQUENCE:4\r\n');
  });

  it('says of each event of a rehearsal that it is one, and of no other', () => {
    const calendar = {
      name: 'A week',
      isRehearsal: true,
      events: [event, { ...event, summary: null }],
    };
    const text = [...writeCalendar({ calendar }, now)].join('');
    expect(text).toContain('\r\nX-WR-CALNAME;VALUE=TEXT:Rehearsal: A week\r\n');
    const events = readEvents(text);
    expect(events.map(({ summary }) => summary)).toEqual([
      `Rehearsal: ${event.summary}`,
      'Rehearsal',
    ]);
    for (const { component } of events)
      expect(
        component.getAllProperties('categories').map((property) => property.getFirstValue()),
      ).toEqual(['COURT', 'REHEARSAL']);
    for (const isRehearsal of [false, null, undefined]) {
      const real = [...writeCalendar({ calendar: { ...calendar, isRehearsal } }, now)].join('');
      expect(real).not.toMatch(/rehearsal/i);
    }
  });

  it('cancels nothing while neither was cancelled', () => {
    const calendar = { cancelledOn: null, partOf: { cancelledOn: null }, events: [event] };
    expect([...writeCalendar({ calendar }, now)].join('')).toContain('STATUS:CONFIRMED');
  });

  it('says of the whole calendar what participants have to know', () => {
    const calendar = { name: 'A week', description: 'Bring a coat.', events: [] };
    expect([...writeCalendar({ calendar }, now)].join('')).toMatch(
      /\r\nDESCRIPTION(;VALUE=TEXT)?:Bring a coat\.\r\n/,
    );
  });

  it('uses the fallback location if there is no location', () => {
    expect(write({ ...event, location: null, fallbackLocation: 'FI' })).toContain('LOCATION:FI');
    expect(write({ ...event, location: null })).not.toContain('LOCATION');
  });

  it('names the city and the country of an event without a site and an address', () => {
    const place = { location: null, city: 'Odense', fallbackLocation: 'DK' };
    expect(readEvents(write({ ...event, ...place }))[0]?.location).toBe('Odense, DK');
    const addressed = { ...event, ...place, address: 'Example Street 1' };
    expect(readEvents(write(addressed))[0]?.location).toBe('Example Street 1');
  });

  const journey = {
    name: 'A week',
    uid: 'nbnp:visit',
    sequence: 4,
    first: '2026-12-30',
    last: '2027-01-02',
    departed: null,
    returned: null,
    countries: ['DK', 'SE'],
    events: [],
  };
  const daysOf = (more: object) =>
    readEvents([...writeCalendar({ calendar: { ...journey, ...more } }, now)].join('')).map(
      ({ uid, summary, startDate, endDate, component }) => [
        uid.replace('@cooperation-hub', ''),
        summary,
        `${String(startDate)} ${String(endDate)}`,
        component.getFirstPropertyValue('status'),
      ],
    );

  it('has the journey from its first to its last day, and its days of travel', () => {
    expect(daysOf({})).toEqual([
      ['nbnp:visit', 'A week', '2026-12-30 2027-01-03', 'TENTATIVE'],
      ['nbnp:visit/departure', 'Departure: A week', '2026-12-30 2026-12-31', 'TENTATIVE'],
      ['nbnp:visit/return', 'Return: A week', '2027-01-02 2027-01-03', 'TENTATIVE'],
    ]);
    const text = [...writeCalendar({ calendar: journey }, now)].join('');
    expect(readEvents(text).map(({ location, sequence }) => [location, sequence])).toEqual(
      Array(3).fill(['DK, SE', 4]),
    );
  });

  it('has the days on which the group departed and returned, once they are recorded', () => {
    expect(daysOf({ departed: '2026-12-28', returned: '2027-01-05' })).toEqual([
      ['nbnp:visit', 'A week', '2026-12-30 2027-01-03', 'CONFIRMED'],
      ['nbnp:visit/departure', 'Departure: A week', '2026-12-28 2026-12-29', 'CONFIRMED'],
      ['nbnp:visit/return', 'Return: A week', '2027-01-05 2027-01-06', 'CONFIRMED'],
    ]);
  });

  it('leaves out days that are not known, and cancels a journey that was cancelled', () => {
    expect(daysOf({ first: null, last: null })).toEqual([]);
    const cancelled = daysOf({ last: null, cancelledOn: '2026-12-01' });
    expect(cancelled.map(([uid, , , status]) => [uid, status])).toEqual([
      ['nbnp:visit', 'CANCELLED'],
      ['nbnp:visit/departure', 'CANCELLED'],
    ]);
  });

  it('prevents texts from starting a new line', () => {
    const text = write({ ...event, summary: 'x\r\nEND:VEVENT\rBEGIN:VALARM\u0000\u2028' });
    expect(text.split('\r\n').filter((line) => line === 'END:VEVENT')).toHaveLength(1);
    expect(text).not.toContain('\r\nBEGIN:VALARM');
    expect(text).toContain('SUMMARY:x\\nEND:VEVENT\\nBEGIN:VALARM \u2028\r\n');
  });

  it('is NOT_FOUND if there is none', () => {
    expect(() => [...writeCalendar({ calendar: null }, now)]).toThrow(
      expect.objectContaining({ code: 'NOT_FOUND' }) as Error,
    );
  });

  // Written out, because the tests above read calendars with the library that writes them.
  it('writes each line as RFC 5545 requires', () => {
    expect(write({ ...event, location: null }).split('\r\n')).toEqual([
      'BEGIN:VCALENDAR',
      'VERSION:2.0',
      'PRODID:-//Cooperation Hub//Export//EN',
      'CALSCALE:GREGORIAN',
      'NAME;VALUE=TEXT:A week\\, or so',
      'X-WR-CALNAME;VALUE=TEXT:A week\\, or so',
      'BEGIN:VEVENT',
      'UID:a:1@cooperation-hub',
      'DTSTAMP:20261124T123456Z',
      'DTSTART:20261231T090000',
      'DTEND:20261231T113000',
      'SUMMARY:Prosecutors\\; courts\\, and \\\\ more\\nwith coffee',
      'CATEGORIES:COURT',
      'STATUS:CONFIRMED',
      'SEQUENCE:3',
      'END:VEVENT',
      'END:VCALENDAR',
      '',
    ]);
    expect(write({ ...event, start: null, end: null })).toContain(
      '\r\nDTSTART;VALUE=DATE:20261231\r\nDTEND;VALUE=DATE:20270101\r\n',
    );
  });

  it('says of a single event that it is a rehearsal', () => {
    const task = { ...event, summary: 'Brief the group “A”.' };
    expect(write(task)).toContain('SUMMARY:Brief the group “A”.\r\n');
    expect(write({ ...task, isRehearsal: true })).toContain('SUMMARY:Rehearsal: Brief the group');
  });

  it('breaks lines at 75 octets, and never within a character', () => {
    const summary = 'åäö€😀'.repeat(30);
    const text = write({ ...event, summary });
    for (const line of text.split('\r\n')) {
      expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
    }
    expect(text.replaceAll('\r\n ', '')).toContain(`\r\nSUMMARY:${summary}\r\n`);
  });
});
