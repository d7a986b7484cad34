import { listElements } from '@hub/shared/graphql';
import { buildASTSchema, parse, visit, type FieldDefinitionNode } from 'graphql';

const isExternal = ({ directives }: FieldDefinitionNode): boolean =>
  directives?.some(({ name }) => name.value === 'external') ?? false;

/**
 * The descriptions in a subgraph's own schema, by coordinate, without those of fields that another subgraph owns.
 * @param sdl the schema as the partner emits it
 */
function readDescriptions(sdl: string): Record<string, string> {
  const own = visit(parse(sdl), {
    FieldDefinition: (node) => (isExternal(node) ? null : undefined),
  });
  const elements = listElements(buildASTSchema(own, { assumeValidSDL: true }));
  return Object.fromEntries(
    elements.flatMap(({ coordinate, description }) =>
      description ? [[coordinate, description]] : [],
    ),
  );
}

/** What `contracts/<name>.descriptions.json` has to say of a subgraph's schema. */
export const printDescriptions = (sdl: string): string =>
  `${JSON.stringify(readDescriptions(sdl), undefined, 2)}\n`;
