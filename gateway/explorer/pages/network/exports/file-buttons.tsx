import type { ReadonlySignal } from '@preact/signals';
import { saveText } from '../../../parts/files/save-file.ts';
import { formats, inLight, savePicture, writePicture } from '../../../parts/files/save-picture.ts';
import { attribution, positionsSource } from '../../../parts/map/region.ts';
import { writeCsvFile } from '../../../parts/table/csv.ts';
import { formatDate, formatNumber, t } from '../../../words/language.ts';
import { nameOfCountry } from '../../../words/names.ts';
import type { Shown } from '../drawing/emphasis.ts';
import type { Caption } from '../drawing/painting.ts';
import { readPalette } from '../drawing/palette.ts';
import type { Layout } from '../drawing/use-layout.ts';
import { drawForFile } from '../map/city-map.tsx';
import type { PageState } from '../model/address.ts';
import type { Selection } from '../model/filter.ts';
import { groupActors } from '../model/grouping.ts';
import { sizeWords } from '../views/filter-form.tsx';
import { kindWords, nameOf } from '../views/names.ts';
import { escapeXml } from './escape-xml.ts';
import { composePicture, writeSvg } from './picture.ts';

const keys = [
  ['node', 'name', 'string'],
  ['node', 'kind', 'string'],
  ['node', 'form', 'string'],
  ['node', 'country', 'string'],
  ['node', 'city', 'string'],
  ['edge', 'weight', 'int'],
  ['edge', 'bases', 'string'],
  ['edge', 'firstOn', 'string'],
  ['edge', 'lastOn', 'string'],
  ['edge', 'isRehearsal', 'boolean'],
] as const;

type Values = Readonly<Record<string, string | number | null>>;

/** What is unknown is left out. */
const writeData = (values: Values): string =>
  Object.entries(values)
    .filter(([, value]) => value !== null)
    .map(([key, value]) => `<data key="${key}">${escapeXml(String(value))}</data>`)
    .join('');

/**
 * Writes what is selected as GraphML.
 * @see http://graphml.graphdrawing.org/specification.html
 */
export function writeGraphml({ actors, contacts }: Selection): string {
  const parts = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">',
    ...keys.map(
      ([owner, name, type]) =>
        `<key id="${name}" for="${owner}" attr.name="${name}" attr.type="${type}"/>`,
    ),
    '<graph id="contacts" edgedefault="undirected">',
    ...actors.map(({ actor }) => {
      const { id, kind, form, country, city } = actor;
      const data = writeData({ name: nameOf(actor), kind, form, country, city });
      return `<node id="${escapeXml(id)}">${data}</node>`;
    }),
    ...contacts.map(({ contact: { ends }, evidence, firstOn, lastOn }) => {
      const bases = [...new Set(evidence.map(({ basis }) => basis))].sort().join(' ');
      const isRehearsal = String(evidence.every((one) => one.isRehearsal));
      const data = writeData({ weight: evidence.length, bases, firstOn, lastOn, isRehearsal });
      const [one, other] = ends.map(({ id }) => escapeXml(id));
      return `<edge source="${one}" target="${other}">${data}</edge>`;
    }),
    '</graph>',
    '</graphml>',
  ];
  return `${parts.join('\n')}\n`;
}

/** How wide a text is, by the fonts of this browser. */
function createMeasure(): (text: string, font: string) => number {
  const context = document.createElement('canvas').getContext('2d');
  return (text, font) => {
    if (!context) return 0;
    context.font = font;
    return context.measureText(text).width;
  };
}

/** The parties of the selection. */
export const writeParties = ({ actors }: Selection): string =>
  writeCsvFile([
    ['id', 'name', 'kind', 'form', 'country', 'city', 'contacts', 'source'],
    ...actors.map(({ actor, degree }) => {
      const { id, kind, form, country, city, source } = actor;
      return [id, nameOf(actor), kind, form, country, city, degree, source];
    }),
  ]);

/** The contacts of the selection, a row for each evidence. */
export const writeContacts = ({ contacts }: Selection): string =>
  writeCsvFile([
    ['party1', 'name1', 'party2', 'name2', 'basis', 'id', 'title', 'on', 'source', 'isRehearsal'],
    ...contacts.flatMap(({ contact: { ends }, evidence }) =>
      evidence.map(({ basis, occasion, on, source, isRehearsal }) => [
        ends[0].id,
        nameOf(ends[0]),
        ends[1].id,
        nameOf(ends[1]),
        basis,
        occasion?.id,
        occasion?.title,
        on,
        source,
        String(isRehearsal),
      ]),
    ),
  ]);

/** As many sources are named in a picture. */
const mostSources = 8;

/** The hosts of the pages that are the evidence, those with the most first. */
function listSources({ contacts }: Selection): string {
  const hosts = new Map<string, number>();
  for (const { source } of contacts.flatMap(({ evidence }) => evidence)) {
    if (source === null || !URL.canParse(source)) continue;
    const { host } = new URL(source);
    hosts.set(host, (hosts.get(host) ?? 0) + 1);
  }
  const ordered = [...hosts].sort(([, one], [, other]) => other - one).map(([host]) => host);
  const more = ordered.length > mostSources ? ' …' : '';
  return `${ordered.slice(0, mostSources).join(', ')}${more}`;
}

/** What the picture shows, what its signs mean, from when and from where it is. */
function writeCaption(state: PageState, { selection, grouping }: Shown): Caption {
  const { search, country, kind, from, to } = state.filter;
  const { actors, contacts } = selection;
  const [firstOn] = contacts.flatMap((one) => one.firstOn ?? []).sort();
  const lastOn = contacts
    .flatMap((one) => one.lastOn ?? [])
    .sort()
    .at(-1);
  const years = [from || firstOn, to || lastOn].map((date) => date?.slice(0, 4) ?? '');
  const parts = [
    t('network.pictureCounts', {
      parties: formatNumber(actors.length),
      contacts: formatNumber(contacts.length),
    }),
    years[0] === years[1] ? years[0] : years.join('–'),
    country && nameOfCountry(country),
    kind && t(kindWords[kind]),
    search && `“${search}”`,
  ];
  const isRehearsal = contacts.some(({ evidence }) => evidence.some((one) => one.isRehearsal));
  return {
    title: t('network.pictureTitle'),
    subtitle: parts.filter(Boolean).join(' · '),
    legend: grouping.groups,
    notes: [
      state.view === 'map'
        ? t('network.mapNote')
        : t('network.pictureSigns', { measure: t(sizeWords[state.size]) }),
      `${isRehearsal ? `${t('network.pictureRehearsals')} ` : ''}${t('network.pictureSources', {
        sources: listSources(selection),
      })}`,
      `${t('frame.title')}, ${formatDate(new Date().toISOString().slice(0, 10))}, ${location.href}`,
    ],
  };
}

interface ButtonsProps {
  readonly state: PageState;
  readonly shown: Shown;
  readonly layout: ReadonlySignal<Layout | undefined>;
}

/** The same in the colours of a light page. */
function lighten(shown: Shown, { colour }: PageState): Shown {
  const palette = inLight(readPalette);
  return { ...shown, palette, grouping: groupActors(shown.selection, colour, palette) };
}

/** What is selected, as files. They hold what the page shows, and no more. */
export function FileButtons({ state, shown, layout }: ButtonsProps) {
  const { selection } = shown;
  const view = state.view === 'map' ? 'map' : 'drawing';
  const compose = () => {
    const light = lighten(shown, state);
    const caption = writeCaption(state, light);
    if (view === 'map') {
      const credit = t('network.mapCredit', { map: attribution, positions: positionsSource });
      const { title, subtitle: finding, notes } = caption;
      const texts = { title, finding, notes: [...notes, credit] };
      return drawForFile(shown, (map) => writePicture(map, texts));
    }
    const places = layout.peek();
    return places && writeSvg(composePicture(light, places, caption), createMeasure());
  };
  const saveAs = (format: (typeof formats)[number]) => {
    const picture = compose();
    if (picture) void savePicture(view === 'map' ? 'map' : 'network', format, picture);
  };
  const files: readonly (readonly [string, () => void])[] = [
    [
      t('network.csvContacts'),
      () => saveText('contacts.csv', 'text/csv', writeContacts(selection)),
    ],
    [t('network.csvParties'), () => saveText('parties.csv', 'text/csv', writeParties(selection))],
    [
      t('network.graphml'),
      () => saveText('network.graphml', 'application/xml', writeGraphml(selection)),
    ],
    ...formats.map(
      (format) =>
        [`${t(`network.${view}`)} (${format.toUpperCase()})`, () => saveAs(format)] as const,
    ),
  ];
  return (
    <div class="files">
      {files.map(([label, save]) => (
        <button
          key={label}
          type="button"
          class="quiet"
          disabled={selection.contacts.length === 0}
          onClick={save}
        >
          {label}
        </button>
      ))}
    </div>
  );
}
