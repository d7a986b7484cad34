import {
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  type GraphQLInputType,
} from 'graphql';

const samples: Readonly<Record<string, unknown>> = {
  CountryCode: 'DK',
  Date: '2020-01-01',
  DateTime: '2020-01-01T00:00:00Z',
  PartialDate: '2020',
  LanguageTag: 'da',
  URL: 'https://example.org',
  EmailAddress: 'a@example.org',
  String: 'a',
  Int: 1,
  Boolean: true,
  _Any: { __typename: 'PoliceUnit', id: 'dk:a' },
};

/**
 * A value that is valid, and says as little as possible.
 * @param idOf the id that an argument or input field of this name gets
 * @param name of the argument or input field
 */
export function sampleOf(
  type: GraphQLInputType,
  idOf: (name: string) => string = () => 'dk:a',
  name = '',
): unknown {
  const nullable = getNullableType(type);
  if (isListType(nullable)) return [sampleOf(nullable.ofType as GraphQLInputType, idOf, name)];
  if (isEnumType(nullable)) return nullable.getValues()[0]?.name;
  if (isInputObjectType(nullable)) {
    const required = Object.values(nullable.getFields()).filter((field) =>
      isNonNullType(field.type),
    );
    return Object.fromEntries(
      required.map((field) => [field.name, sampleOf(field.type, idOf, field.name)]),
    );
  }
  return nullable.toString() === 'ID' ? idOf(name) : samples[nullable.toString()];
}
