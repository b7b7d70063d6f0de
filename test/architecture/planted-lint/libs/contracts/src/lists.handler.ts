// breaks: no-misused-promises
export const saveAll = (ids: readonly string[], save: (id: string) => Promise<void>): void =>
  ids.forEach(async (id) => {
    await save(id);
  });
