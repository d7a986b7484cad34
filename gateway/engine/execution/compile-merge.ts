import { CodeUnit, readAt, type CodeMeter } from '../codegen/code-unit.js';
import { copyValue, mergeValues, type Row } from './tree.js';

/** Merges an entity into an object. If several objects get the same entity, each gets a copy. */
export type MergeEntity = (target: Row, entity: Row, isCopied: boolean) => void;

/** Makes a function that merges entities with these response keys only. */
export function compileMerge(keys: readonly string[], meter: CodeMeter): MergeEntity {
  const unit = new CodeUnit(meter);
  const [copy, merge] = [unit.addConstant(copyValue), unit.addConstant(mergeValues)];
  const lines = keys.map((key) => {
    const [there, from] = [readAt('t', key), readAt('e', key)];
    const target = `t[${JSON.stringify(key)}]`;
    return (
      `x=${from};if(typeof x==="object"&&x!==null)${target}=${merge}(${there},c?${copy}(x):x);` +
      `else if(x!==undefined)${target}=x;`
    );
  });
  return unit.build<MergeEntity>(unit.addFunction(['t', 'e', 'c'], `let x;${lines.join('')}`));
}
