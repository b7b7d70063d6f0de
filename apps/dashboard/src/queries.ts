import { QueryClient, queryOptions, useQuery } from '@tanstack/react-query';
import { Problem, api } from './api.js';
import type { University } from './api-types.js';

const MOMENT = 30_000;

/** Faults of the server and the network are tried again; a refusal is an answer. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: MOMENT,
      refetchOnWindowFocus: false,
      retry: (failures, error) => failures < 2 && (!(error instanceof Problem) || error.status === 0 || error.status >= 500),
    },
  },
});

export const aboutQuery = queryOptions({ queryKey: ['about'], queryFn: api.about, staleTime: Number.POSITIVE_INFINITY });
export const meQuery = queryOptions({ queryKey: ['me'], queryFn: api.me });
const universitiesQuery = queryOptions({ queryKey: ['universities'], queryFn: api.universities, staleTime: 10 * MOMENT });

export const useAbout = () => useQuery(aboutQuery).data;
export const useMe = () => useQuery(meQuery);

const NO_UNIVERSITIES: readonly University[] = [];

/** The universities, and the name of one by its id in the chosen language. */
export const useUniversities = () => {
  const universities = useQuery(universitiesQuery).data ?? NO_UNIVERSITIES;
  return {
    universities,
    nameOf: (universityId: string) => universities.find((one) => one.universityId === universityId)?.name ?? universityId,
  };
};
