import { HubError } from '@hub/shared/errors';
import { describe, expect, it } from 'vitest';
import { pagePolicy, writeProgramme, type PageFacts } from './programme-page.js';

const now = new Date('2026-11-26T12:00:00Z');
const stop = { date: '2010-04-12', start: '09:00', end: '11:00', title: 'A stop', sector: 'NGO' };
const visit = { title: 'A week', startsOn: '2010-04-12', endsOn: '2010-04-13', days: [stop] };
const whole: PageFacts = { missing: [], isWithheld: false, now };

const write = (programme: object, facts = whole, organisations: unknown = []): string =>
  [...writeProgramme({ programme, organisations }, facts)].join('');

/** The texts of a page, as a reader sees them. */
const read = (page: string): string =>
  page
    .replace(/<style>.*?<\/style>/s, '')
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll(/\s+/g, ' ');

describe('writeProgramme', () => {
  it('has the stops of each day in their order, with what participants have to know', () => {
    const later = { ...stop, date: '2010-04-13', title: 'Another', start: null, end: null };
    const told = {
      confirmed: true,
      location: { name: 'A shelter', city: 'Riga', country: 'LV' },
      hostCountry: 'LV',
      address: '1 Street',
      meetingPoint: 'The gate',
      contact: 'Anna, 112',
      note: 'Bring a pass.',
    };
    const page = read(
      write({
        ...visit,
        hostCountries: ['LV', 'RU'],
        practicalInformation: 'Take a coat.',
        group: { name: 'Group 1', programme: { title: 'The programme' } },
        days: [{ ...stop, ...told }, later],
      }),
    );
    const places = [
      'The programme',
      'A week',
      'Group 1',
      'Monday 12 April 2010 – Tuesday 13 April 2010',
      'Latvia, Russia',
      'Take a coat.',
      'Monday 12 April 2010 ',
      '09:00 – 11:00',
      'A stop',
      'Confirmed · ngo',
      'A shelter, 1 Street, Riga, Latvia',
      'The gate',
      'Anna, 112',
      'Bring a pass.',
      'Tuesday 13 April 2010 ',
      'Time not set',
      'Another',
      'Not yet confirmed',
      'Thursday 26 November 2026',
    ].map((text) => [text, page.indexOf(text)] as const);
    expect(places.filter(([, place]) => place < 0)).toEqual([]);
    expect(page.split('Monday 12 April 2010')).toHaveLength(3);
  });

  it('escapes every text, and has neither script nor address', () => {
    const bad = `"'><script src="https://evil.example/">x</script><img onerror=y>&amp;`;
    const page = write(
      {
        ...visit,
        title: bad,
        practicalInformation: bad,
        cancelledOn: bad,
        cancelReason: bad,
        hostCountries: [bad],
        group: { name: bad, cancelledOn: bad, cancelReason: bad, programme: { title: bad } },
        days: [
          {
            ...Object.fromEntries(Object.keys(stop).map((name) => [name, bad])),
            location: { name: bad, city: bad },
            status: bad,
            reason: bad,
            hostCountry: bad,
            address: bad,
            meetingPoint: bad,
            contact: bad,
            note: bad,
          },
        ],
        hostings: [{ host: { name: bad }, status: bad, accommodation: bad, note: bad }],
      },
      { ...whole, missing: [bad, 'dk'] },
      [{ code: 'dk', name: bad }],
    );
    expect(page).not.toMatch(/<(script|img|a|iframe|link|form)\b/i);
    expect(page).not.toContain(bad);
    const escaped = '&lt;script src=&quot;https://evil.example/&quot;&gt;';
    expect(page.split(escaped).length).toBeGreaterThan(20);
    expect(page).not.toMatch(/\s(href|src|on\w+)=["']/);
  });

  it('shows what was called off, and of hostings all but those that were withdrawn', () => {
    const page = write({
      ...visit,
      days: [{ ...stop, status: 'CALLED_OFF', reason: 'It is closed.' }],
      hostings: [
        { host: { name: 'Latvian police' }, status: 'CONFIRMED', emergencyContact: '110' },
        { host: { name: 'Nobody' }, status: 'WITHDRAWN' },
      ],
      officeHostings: [{ host: null, status: 'OFFERED', transport: 'A bus' }],
    });
    expect(page).toContain('<article class="off">');
    expect(read(page)).toContain('Called off · ngo Reason It is closed.');
    expect(read(page)).toContain('Latvian police Confirmed Emergency contact 110');
    expect(read(page)).toContain('Host Offered, not yet confirmed Transport A bus');
    expect(page).not.toContain('Nobody');
  });

  it('names the partners that did not answer, and says what was left out', () => {
    const facts = { ...whole, missing: ['dk', 'xx'], isWithheld: true };
    const page = read(write(visit, facts, [{ code: 'dk', name: 'Danish police' }]));
    expect(page).toContain('there was no answer from Danish police, xx.');
    expect(page).toContain('left out because you may not see them');
    expect(read(write(visit))).not.toContain('Incomplete');
  });

  it('says that it is of a rehearsal', () => {
    const notice = 'Rehearsal: nothing on this page is real.';
    expect(read(write({ ...visit, isRehearsal: true }))).toContain(notice);
    expect(read(write(visit))).not.toContain('Rehearsal');
  });

  it('says that the visit was cancelled, and has no day without stops', () => {
    const page = read(
      write({ ...visit, cancelledOn: '2010-03-01', cancelReason: 'No host.', days: null }),
    );
    expect(page).toContain('This visit was cancelled on Monday 1 March 2010. No host.');
    expect(page).not.toContain('Time not set');
  });

  it('says that the group was cancelled, which cancels the visit', () => {
    const group = { name: 'Group 1', cancelledOn: '2010-03-02', cancelReason: 'No bus.' };
    const page = read(write({ ...visit, group }));
    expect(page).toContain('This group was cancelled on Tuesday 2 March 2010. No bus.');
    expect(page).not.toContain('This visit was cancelled');
    expect(read(write(visit))).not.toContain('was cancelled');
  });

  it('is NOT_FOUND without a visit', () => {
    expect(() => [...writeProgramme({ programme: null }, whole)]).toThrow(
      new HubError('NOT_FOUND'),
    );
  });

  it('allows its own style alone, also when it is opened as a file', () => {
    const [, style] = /style-src ('sha256-[\w+/=]+')/.exec(pagePolicy) ?? [];
    expect(pagePolicy).toContain("default-src 'none'; ");
    expect(write(visit)).toContain(`style-src ${style?.replaceAll("'", '&#39;')}`);
  });
});
