import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import type { Palette } from '../drawing/palette.ts';
import { filterNetwork, noFilter } from '../model/filter.ts';
import { groupActors } from '../model/grouping.ts';
import { NetworkReader } from '../model/network.ts';
import { atEvent, contactOf } from '../testing/rows.ts';
import { writeContacts, writeGraphml, writeParties } from './file-buttons.tsx';
import { composePicture, writeSvg } from './picture.ts';

const reader = new NetworkReader();
const row = contactOf('dk:a', 'lt:b', atEvent('e1', '2010', { title: '=1+1, "x" <&>' }));
const [first, second] = row.parties;
reader.add([{ ...row, parties: [{ ...first!, name: '<A & "B">' }, second!] }]);
const network = reader.read();
const selection = filterNetwork(network, noFilter);
const palette: Palette = {
  paper: '#fff',
  ink: '#000',
  edge: '#999',
  faint: '#eee',
  chosen: '#f00',
  hues: ['#h0', '#h1'],
  kinds: { Office: '#1', Organisation: '#2', PoliceUnit: '#3', Country: '#4' },
  sides: { before: '#5', after: '#6', both: '#7', undated: '#8' },
};

const readCsv = (text: string): Record<string, string>[] =>
  parse(text, { bom: true, columns: true, record_delimiter: '\r\n' });

describe('files of a selection', () => {
  it('CSV: a row for each evidence, and no formula that a spreadsheet would run', () => {
    expect(readCsv(writeContacts(selection))).toEqual([
      {
        party1: 'dk:a',
        name1: '<A & "B">',
        party2: 'lt:b',
        name2: 'Name of lt:b',
        basis: 'EVENT',
        id: 'e1',
        title: '\'=1+1, "x" <&>',
        on: '2010',
        source: 'https://example.org/e1',
        isRehearsal: 'false',
      },
    ]);
  });

  it('CSV: a row for each party', () => {
    expect(readCsv(writeParties(selection)).map(({ id, contacts }) => [id, contacts])).toEqual([
      ['dk:a', '1'],
      ['lt:b', '1'],
    ]);
  });

  it('GraphML: a node for each party and an edge for each contact, with escaped texts', () => {
    const text = writeGraphml(selection);
    expect(text).toContain('<node id="dk:a"><data key="name">&lt;A &amp; &quot;B&quot;&gt;</data>');
    expect(text.match(/<node /g)).toHaveLength(2);
    expect(text).toContain(
      '<edge source="dk:a" target="lt:b"><data key="weight">1</data><data key="bases">EVENT</data>' +
        '<data key="firstOn">2010</data><data key="lastOn">2010</data>' +
        '<data key="isRehearsal">false</data></edge>',
    );
  });

  it('SVG: a circle for each party and a line for each contact, from place to place', () => {
    const positions = Float32Array.from([0, 0, 10, 0]);
    const layout = { network, positions, isDone: true };
    const grouping = groupActors(selection, 'kind', palette);
    const shown = { selection, sides: undefined, chosen: undefined, chains: [], grouping, palette };
    const picture = composePicture({ ...shown, sizes: Float32Array.from([4, 8]) }, layout, {
      title: 'What it is',
      subtitle: '2010',
      legend: grouping.groups,
      notes: ['Sources: example.org', '1 December 2026'],
    });
    const { svg } = writeSvg(picture, (text) => text.length * 6);
    // The wider side fills the picture between its margins of 170 pixels.
    expect(svg.match(/<circle .*/g)?.slice(0, 2)).toEqual([
      '<circle cx="170" cy="600" r="4" fill="#2"/>',
      '<circle cx="1430" cy="600" r="8" fill="#2"/>',
    ]);
    expect(svg.match(/<line .*/g)).toHaveLength(1);
    expect(svg).toMatch(/<line x1="170" y1="600" x2="1430" y2="600" stroke="#999"/);
    for (const text of ['What it is', '2010', 'Sources: example.org', '1 December 2026'])
      expect(svg).toContain(`>${text}</text>`);
    // The legend: a sign in the colour of the parties, with its word.
    expect(svg.match(/fill="#2"/g)).toHaveLength(3);
    expect(svg).toContain('&lt;A &amp; &quot;B&quot;&gt;</text>');
    expect(svg).toContain('Name of lt:b</text>');
  });
});
