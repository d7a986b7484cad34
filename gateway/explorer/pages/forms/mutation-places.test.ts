import { buildSchema, Kind, parse } from 'graphql';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { bodyForms } from './body-rows.ts';
import type { FormRow } from './form-row.ts';
import { knowledgeForms } from './knowledge-rows.ts';
import { otherForms } from './other-rows.ts';
import { peopleForms } from './people-rows.ts';
import { planningForms } from './planning-rows.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const read = (file: string) => readFileSync(join(root, file), 'utf8');

const forms: Readonly<Record<string, FormRow>> = {
  ...bodyForms,
  ...knowledgeForms,
  ...otherForms,
  ...peopleForms,
  ...planningForms,
};

/** The mutations that no page has, each with the reason. People never need them on a page. */
const ofOperators: Readonly<Record<string, string>> = {
  revokeAccess: 'An operator ends what a lost or stolen token may do, by its subject.',
};

/** The mutations that the page of a decision sends, and how people come there. */
const ofTasks: Readonly<Record<string, string>> = {
  confirmHosting: 'The visit leads to the decision, at its hosts.',
  confirmNetworkStop: 'The visit leads to the decision, at the stop.',
  confirmRegionalHosting: 'The visit leads to the decision, at its hosts.',
  confirmRegionalStop: 'The visit leads to the decision, at the stop.',
  confirmStop: 'The visit leads to the decision, at the stop.',
  decideExpertLoan: 'The visit leads to the decision, at the expert.',
  declineDelegate: 'Of one nominee. The list of nominees declines several.',
  declineOfficer: 'Of one nominee. The list of nominees declines several.',
  offerHosting: 'The visit leads to the decision, at its hosts.',
  offerRegionalHosting: 'The visit leads to the decision, at its hosts.',
  recordDelegateFormality: 'Of one formality. The matrix of a group records several.',
  recordOfficerFormality: 'Of one formality. The matrix of a group records several.',
  signEvaluation: 'Who has to sign finds it among what waits.',
  signOfficeEvaluation: 'Who has to sign finds it among what waits.',
  withdrawHosting: 'The visit leads to the decision, at its hosts.',
  withdrawRegionalHosting: 'The visit leads to the decision, at its hosts.',
};

const sources = ['frame', 'pages', 'parts', 'session'].flatMap((room) =>
  readdirSync(join(root, room), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file) && !file.includes('.test.'))
    .map((file) => join(room, file)),
);

/** The names that some files have in quotes. What is put into a text can be any word. */
function readNames(files: readonly string[]): (name: string) => boolean {
  const quoted = files
    .flatMap((file) => [...read(file).matchAll(/'(\w{4,})'|`((?:\w|\$\{\w+\}){4,})`/g)])
    .map(([, plain, made = '']) => plain ?? made);
  const plain = new Set(quoted.filter((text) => !text.includes('$')));
  const made = quoted
    .filter((text) => text.includes('$') && text.replaceAll(/\$\{\w+\}/g, '').length > 3)
    .map((text) => new RegExp(`^${text.replaceAll(/\$\{\w+\}/g, '\\w+')}$`));
  return (name) => plain.has(name) || made.some((pattern) => pattern.test(name));
}

const isTable = (file: string): boolean => /-rows\.ts$|form-places\.ts$/.test(file);
const isLinked = readNames(sources.filter((file) => !isTable(file)));
const isDecided = readNames(sources.filter((file) => /tasks\/.*decisions\.ts$/.test(file)));

/** The mutations whose operation a page has written for itself. */
function listOwn(): string[] {
  const documents = JSON.parse(read('generated/persisted-documents.json')) as Record<
    string,
    string
  >;
  return Object.values(documents)
    .flatMap((text) => parse(text).definitions)
    .flatMap((one) =>
      one.kind === Kind.OPERATION_DEFINITION &&
      String(one.operation) === 'mutation' &&
      !one.name?.value.startsWith('Send')
        ? one.selectionSet.selections
        : [],
    )
    .flatMap((field) => (field.kind === Kind.FIELD ? field.name.value : []));
}

it('gives each form a link on a page', () => {
  expect(Object.keys(forms).filter((form) => !isLinked(form))).toEqual([]);
});

it('gives each mutation that people use its place on a page, or says why not', () => {
  const fields = buildSchema(read('generated/schema.graphql')).getMutationType()?.getFields() ?? {};
  const current = Object.values(fields)
    .filter((field) => field.deprecationReason === undefined)
    .map(({ name }) => name);
  const placed = new Set([
    ...listOwn(),
    ...Object.entries(forms).map(([form, { sends = form }]) => sends),
  ]);
  const left = current.filter((name) => !placed.has(name));
  expect(left.filter((name) => !isDecided(name)).toSorted()).toEqual(Object.keys(ofOperators));
  expect(left.filter(isDecided).toSorted()).toEqual(Object.keys(ofTasks).toSorted());
});
