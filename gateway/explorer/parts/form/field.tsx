import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { t } from '../../words/language.ts';
import { nameOfCountry, nameOfLanguage } from '../../words/names.ts';
import { formalityKinds } from '../formalities.ts';
import { Combobox } from './combobox.tsx';
import { dateExample, DateField } from './date-field.tsx';
import { hintOf, labelOf, nameOfValue } from './form-words.ts';
import type { ControlProps, InputField, Option } from './input-field.ts';

/** The languages and countries that the people of the network name. Others can be written in the explorer. */
const languages = 'en ru da sv nb fi et lv lt is de pl uk be fr es se'.split(' ');
const countries =
  'DK EE FI IS LV LT NO SE RU PL DE BY UA NL BE GB IE FR ES IT AT CH CZ SK HU RO BG GR US'.split(
    ' ',
  );

const toOptions = (codes: readonly string[], nameOf: (code: string) => string): Option[] =>
  codes
    .map((value) => ({ value, label: nameOf(value) }))
    .toSorted((one, other) => one.label.localeCompare(other.label));

/** What there is to choose from, for types whose values everybody knows by name. */
function listKnown(type: string): readonly Option[] | undefined {
  if (type === 'LanguageTag') return toOptions(languages, nameOfLanguage);
  if (type === 'CountryCode') return toOptions(countries, nameOfCountry);
  return undefined;
}

/** Texts of one line. All other texts may be long. */
const shortTexts = ['EmailAddress', 'LanguageTag', 'CountryCode', 'URL'];
const shortNames = [
  'title',
  'name',
  'city',
  'from',
  'to',
  'place',
  'localAuthority',
  'rank',
  'employer',
  'kind',
  'function',
  'telephone',
  'openingHours',
  'acronym',
  'what',
  'venue',
  'label',
  'destination',
  'address',
  'meetingPoint',
  'contactOnTheSpot',
];

/** So many are seen at once. More are found by their names. */
const fewChoices = 7;
const fewBoxes = 12;

/** Choices with what the record has already: what is closed, or not available now, stays chosen. */
function keepGiven(choices: readonly Option[] | undefined, given: readonly string[] = []) {
  const kept = given.filter((one) => one !== '' && choices?.every(({ value }) => value !== one));
  const labelOfKept = (index: number) =>
    kept.length === 1 ? t('form.asRecorded') : `${t('form.asRecorded')} ${index + 1}`;
  return (
    choices && [...choices, ...kept.map((value, index) => ({ value, label: labelOfKept(index) }))]
  );
}

/** Values in the order of the work. The schema orders them by their names. */
const orders: Readonly<Record<string, readonly string[]>> = {
  FormalityKind: formalityKinds,
  FormalityStatus: ['REQUESTED', 'RECEIVED', 'NOT_NEEDED', 'REFUSED'],
  SiteContactStatus: ['ASKED', 'AGREED', 'DECLINED', 'THANKED'],
  DelegateDecision: ['SELECT', 'RESERVE', 'DECLINE', 'WITHDRAW'],
  OfficerDecision: ['ACCEPT', 'RESERVE', 'DECLINE'],
  TraffickingRole: ['ORIGIN', 'TRANSIT', 'DESTINATION'],
  DeadlineKind: [
    'NOMINATION',
    'DECISION',
    'HOST_CONFIRMATION',
    'FORMALITIES',
    'BRIEFING',
    'DEBRIEFING',
    'REPORT',
  ],
};

/** What has no place in an order stands after what has one, and whatever else there is last. */
function orderValues(type: string, values: readonly string[]): readonly string[] {
  const placeOf = (value: string): number => {
    const place = (orders[type] ?? []).indexOf(value);
    return value === 'OTHER' ? Infinity : place < 0 ? values.length : place;
  };
  return values.toSorted((one, other) => {
    const [a, b] = [placeOf(one), placeOf(other)];
    return a === b ? 0 : a - b;
  });
}

/** What there is to choose from. @default undefined: the reader writes it */
export function choicesOf(field: InputField, options: readonly Option[] | undefined) {
  if (options) return options;
  const { type, values } = field;
  // Nobody types an id.
  if (type === 'ID') return [];
  if (values)
    return orderValues(type, values).map((value) => ({ value, label: nameOfValue(type, value) }));
  if (type !== 'Boolean') return listKnown(type);
  return [
    { value: 'true', label: t('form.yes') },
    { value: 'false', label: t('form.no') },
  ];
}

/** Radios for one of a few, boxes for several of not many. */
function Boxes({ field, name, options = [], given = [], id, ...shared }: ControlProps) {
  const only = field.isRequired && !field.isList && options.length === 1;
  const isOptional = !field.isRequired && !field.isList && field.type !== 'Boolean';
  // What is typed elsewhere may change its name, and stays chosen.
  const [typedFirst] = useState(() =>
    options.flatMap(({ value, typedAt }) => (typedAt && given.includes(value) ? typedAt : [])),
  );
  const isChosen = ({ value, typedAt }: Option): boolean =>
    typedAt === undefined ? given.includes(value) : typedFirst.includes(typedAt);
  const all = isOptional ? [...options, { value: '', label: t('form.none') }] : options;
  if (options.length === 0) return <p class="help">{t('form.noChoice')}</p>;
  return (
    <div
      class={`boxes${field.isList ? ' several' : ''}${field.type === 'Boolean' ? ' yes-no' : ''}`}
    >
      {all.map((option: Option, index) => (
        <label key={option.typedAt ?? option.value} class="box">
          <input
            {...shared}
            id={index === 0 ? id : undefined}
            type={field.isList ? 'checkbox' : 'radio'}
            name={name}
            value={option.value}
            defaultChecked={only || isChosen(option)}
          />
          <span>
            {option.label}
            {option.hint && <span class="soft"> {option.hint}</span>}
          </span>
        </label>
      ))}
    </div>
  );
}

function TextControl({ field, given, label: _, options: __, ...shared }: ControlProps) {
  const { name, type, isList } = field;
  const text = (given ?? []).join('\n');
  // One line would lose the others.
  const isShort = (shortTexts.includes(type) || shortNames.includes(name)) && !text.includes('\n');
  if (type === 'Int')
    return <input {...shared} type="text" inputMode="numeric" size={6} defaultValue={text} />;
  if (isShort && !isList)
    return <input {...shared} type="text" autocomplete="off" defaultValue={text} />;
  return <textarea {...shared} rows={3} defaultValue={text} />;
}

const isDate = ({ type }: InputField): boolean => type === 'Date' || type === 'PartialDate';

interface FieldProps {
  readonly field: InputField;
  readonly name: string;
  /** The input type that the field belongs to. */
  readonly input: string;
  readonly idStart: string;
  readonly options?: readonly Option[] | undefined;
  readonly given: readonly string[] | undefined;
  /** What is wrong with it. */
  readonly mistake?: string | undefined;
}

interface FrameProps {
  readonly isGroup: boolean;
  readonly id: string;
  readonly describedBy: string | undefined;
  readonly title: ComponentChildren;
  readonly children: ComponentChildren;
}

/** A label over one control, or a legend over several. */
function Frame({ isGroup, id, describedBy, title, children }: FrameProps) {
  return isGroup ? (
    <fieldset class="plain" aria-describedby={describedBy}>
      <legend>{title}</legend>
      {children}
    </fieldset>
  ) : (
    <>
      <label for={id}>{title}</label>
      {children}
    </>
  );
}

/** What people say first. The schema orders all fields by their names. */
const firstFields = [
  'title',
  'name',
  'day',
  'startsOn',
  'endsOn',
  'from',
  'to',
  'countries',
  'regions',
];

/** Fields in the order in which people say them: what is required first. */
export function orderFields(fields: readonly InputField[]): readonly InputField[] {
  const placeOf = ({ name }: InputField) =>
    firstFields.includes(name) ? firstFields.indexOf(name) : firstFields.length;
  return fields.toSorted(
    (one, other) =>
      Number(other.isRequired) - Number(one.isRequired) || placeOf(one) - placeOf(other),
  );
}

/** Where there is nothing to choose from, a form asks for a choice only if it must. */
export const isAsked = (
  { isRequired, type }: InputField,
  options: readonly Option[] | undefined,
): boolean => isRequired || type !== 'ID' || (options?.length ?? 0) > 0;

/** The id of the control of a field, to which a summary of errors leads. */
export const idOf = (idStart: string, name: string): string =>
  `${idStart}-${name.replaceAll('.', '-')}`;

/** One field of a form: its label, a hint where one helps, what is wrong, and its control. */
export function Field({ field, name, input, idStart, options, given, mistake }: FieldProps) {
  const id = idOf(idStart, name);
  const isTyped = options !== undefined && field.type === 'String';
  const choices = isTyped ? options : keepGiven(choicesOf(field, options), given);
  const areFew = choices !== undefined && choices.length <= (field.isList ? fewBoxes : fewChoices);
  const label = labelOf(name, input);
  const isLines = field.isList && !choices;
  const hints = [
    hintOf(name, input),
    isDate(field) && dateExample(field.type === 'PartialDate'),
    isLines && t('form.lines'),
  ].filter(Boolean);
  const describedBy =
    [hints.length > 0 && `${id}-hint`, mistake && `${id}-mistake`].filter(Boolean).join(' ') ||
    undefined;
  const isGroup = areFew || isDate(field);
  const control = {
    field,
    name,
    id,
    label,
    given,
    options: choices,
    'aria-describedby': isGroup ? undefined : describedBy,
    'aria-invalid': mistake === undefined ? undefined : true,
  };
  const Control = isDate(field) ? DateField : areFew ? Boxes : choices ? Combobox : TextControl;
  const title = (
    <>
      {label}
      {!field.isRequired && <span class="optional"> {t('form.optional')}</span>}
    </>
  );
  const isShort = isDate(field) || field.type === 'Int';
  return (
    <div class={`field${isShort ? ' short' : ''}${mistake ? ' mistaken' : ''}`}>
      <Frame isGroup={isGroup} id={id} describedBy={describedBy} title={title}>
        {hints.length > 0 && (
          <p id={`${id}-hint`} class="help">
            {hints.join(' ')}
          </p>
        )}
        {mistake && (
          <p id={`${id}-mistake`} class="mistake">
            <span aria-hidden="true">✕</span> {mistake}
          </p>
        )}
        <Control {...control} />
      </Frame>
    </div>
  );
}
