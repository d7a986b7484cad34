import type { ResponsePath } from '../documents/response-path.js';
import type { PlanNode, QueryPlan } from '../planning/query-plan.js';
import { compileFetch, type FetchCompiler } from './compile-fetch.js';
import type { Run, Step } from './run.js';

/** Compiles the steps of a plan. */
export function compilePlan(compiler: FetchCompiler, { node }: QueryPlan): Step {
  return node ? compileNode(compiler, node, []) : () => Promise.resolve();
}

function compileNode(compiler: FetchCompiler, node: PlanNode, path: ResponsePath): Step {
  switch (node.kind) {
    case 'Fetch':
      return withoutThrowing(compileFetch(compiler, node, path));
    case 'Flatten':
      return compileNode(compiler, node.node, [...path, ...node.path]);
    case 'Sequence': {
      const steps = node.nodes.map((inner) => compileNode(compiler, inner, path));
      return async (run) => {
        for (const step of steps) await step(run);
      };
    }
    case 'Parallel': {
      const steps = node.nodes.map((inner) => compileNode(compiler, inner, path));
      return async (run) => {
        await Promise.all(steps.map((step) => step(run)));
      };
    }
    default:
      throw new Error(`Plan nodes of the kind ${node.kind} are not supported.`);
  }
}

const withoutThrowing =
  (step: Step): Step =>
  async (run: Run) => {
    try {
      await step(run);
    } catch (error) {
      run.errors.push(error);
    }
  };
