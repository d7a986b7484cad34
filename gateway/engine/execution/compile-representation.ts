import type { GraphQLSchema } from 'graphql';
import { CodeUnit, quote, readAt, writeObject, type CodeMeter } from '../codegen/code-unit.js';
import type { RequiredSelection } from '../planning/query-plan.js';
import { mergeRows, type Row } from './tree.js';
import { typeNamesOf } from './type-names.js';

/** Makes the representation of an object. Undefined if the object lacks a required field. */
export type Represent = (object: Row) => Row | undefined;

/** Makes a function that represents objects with the fields that a fetch requires. */
export function compileRepresentation(
  schema: GraphQLSchema,
  requires: readonly RequiredSelection[],
  meter: CodeMeter,
): Represent {
  const unit = new CodeUnit(meter);
  const write = (selections: readonly RequiredSelection[]): string => {
    const lines = ['if(typeof v!=="object"||v===null)return null;'];
    const entries: [string, string][] = [];
    const fragments: string[] = [];
    for (const selection of selections) {
      if (selection.kind === 'Field') {
        const { name, alias = name } = selection;
        const value = unit.createName('x');
        lines.push(`const ${value}=${readAt('v', alias)};if(${value}===undefined)return null;`);
        const inner = selection.selections && write(selection.selections);
        entries.push([name, inner ? `${unit.addConstant(mapEach)}(${value},${inner})` : value]);
      } else if (selection.typeCondition !== undefined) {
        const names = unit.addConstant(typeNamesOf(schema, selection.typeCondition));
        const merge = unit.addConstant(mergeInto);
        const inner = write(selection.selections);
        fragments.push(`if(${names}.has(v.__typename))o=${merge}(o,${inner}(v));`);
      }
    }
    const start = entries.length > 0 ? writeObject(entries) : 'null';
    return unit.addFunction(
      ['v'],
      `${lines.join('')}let o=${start};${fragments.join('')}return o===null?{}:o`,
    );
  };
  const represent = write(requires);
  const body = `const o=${represent}(v);return o!==null&&o[${quote('__typename')}]?o:undefined`;
  return unit.build<Represent>(unit.addFunction(['v'], body));
}

function mergeInto(target: Row | null, source: Row | null): Row | null {
  if (target === null || source === null) return target ?? source;
  mergeRows(target, source);
  return target;
}

const mapEach = (value: unknown, map: (item: unknown) => unknown): unknown =>
  Array.isArray(value) ? value.map((item) => mapEach(item, map)) : map(value);
