import { GraphQLScalarType, Kind, type ValueNode } from 'graphql';
import { HubError } from '../../errors/hub-error.js';
import { longestScalar } from './longest-inputs.js';
import { textForms, type TextForm } from './text-forms.js';

/**
 * A scalar whose values are texts of one form, stored unchanged. A value of another form or too
 * long a value is `BAD_USER_INPUT`. The length is checked first, because checking the form may take
 * more than linear time. Stored texts may be longer; their form was checked when they were written.
 */
function createTextScalar(name: keyof typeof textForms): GraphQLScalarType<string, string> {
  const { description, isOfForm }: TextForm = textForms[name];
  const most = longestScalar(name) ?? 0;
  const refuse = (message: string) => new HubError('BAD_USER_INPUT', { message });
  const ofForm = (value: unknown): string => {
    if (typeof value === 'string' && (value.length > most || isOfForm(value))) return value;
    throw refuse(`A ${name} must have this form: ${description}`);
  };
  const parse = (value: unknown): string => {
    const text = ofForm(value);
    if (text.length > most) throw refuse(`A ${name} must have at most ${most} characters.`);
    return text;
  };
  return new GraphQLScalarType({
    name,
    description,
    serialize: ofForm,
    parseValue: parse,
    parseLiteral: (node: ValueNode) => parse(node.kind === Kind.STRING ? node.value : undefined),
  });
}

export const DateScalar = createTextScalar('Date');
export const DateTimeScalar = createTextScalar('DateTime');
export const PartialDateScalar = createTextScalar('PartialDate');
export const CountryCodeScalar = createTextScalar('CountryCode');
export const LanguageTagScalar = createTextScalar('LanguageTag');
export const UrlScalar = createTextScalar('URL');
export const EmailAddressScalar = createTextScalar('EmailAddress');
