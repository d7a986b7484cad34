/** Closes resources in reverse order. Node 20 has no `AsyncDisposableStack` yet. */
export interface DisposableStack extends AsyncDisposable {
  use<T extends AsyncDisposable>(resource: T): T;
}

export function createDisposableStack(): DisposableStack {
  const resources: AsyncDisposable[] = [];
  return {
    use(resource) {
      resources.push(resource);
      return resource;
    },
    async [Symbol.asyncDispose]() {
      for (const resource of resources.splice(0).toReversed())
        await resource[Symbol.asyncDispose]();
    },
  };
}
