import type { Selection } from '../model/filter.ts';
import { nameOf } from '../views/names.ts';
import { escapeXml } from './escape-xml.ts';

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
