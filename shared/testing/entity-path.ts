/** An access path to the rows of a type, around their selection. */
type AccessPath = (selection: string) => string;

/** The hub’s access path to an entity. */
export const entityPath =
  (type: string, representation: Readonly<Record<string, string>>): AccessPath =>
  (selection) => {
    const fields = Object.entries(representation).map(
      ([name, value]) => `, ${name}: ${JSON.stringify(value)}`,
    );
    return `{ _entities(representations: [{ __typename: "${type}"${fields.join('')} }]) { ... on ${type} { ${selection} } } }`;
  };
