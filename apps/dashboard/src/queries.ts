import { QueryClient, queryOptions, useQuery } from '@tanstack/react-query';
import { api } from './api.js';
import type { University } from './api-types.js';
import { Problem } from './http.js';
import { useI18n } from './i18n.js';
import { organisationLabels } from './labels.js';

const MOMENT = 30_000;

/** Faults of the server and the network are tried again; a refusal is an answer. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: MOMENT,
      refetchOnWindowFocus: false,
      retry: (failures, error) =>
        failures < 2 && (!(error instanceof Problem) || error.status === 0 || error.status >= 500),
    },
  },
});

export const aboutQuery = queryOptions({
  queryKey: ['about'],
  queryFn: api.about,
  staleTime: Number.POSITIVE_INFINITY,
});
export const meQuery = queryOptions({ queryKey: ['me'], queryFn: api.me });
const universitiesQuery = queryOptions({
  queryKey: ['universities'],
  queryFn: api.universities,
  staleTime: 10 * MOMENT,
});

/** The forms of commands are made from it. */
export const openApiQuery = queryOptions({
  queryKey: ['open-api'],
  queryFn: api.openApi,
  staleTime: Number.POSITIVE_INFINITY,
});

/** Queries whose answers no command changes. */
export const STEADY: ReadonlySet<string> = new Set(['about', 'me', 'open-api', 'import-kinds']);

export const useAbout = () => useQuery(aboutQuery).data;
export const useMe = () => useQuery(meQuery);

const NO_UNIVERSITIES: readonly University[] = [];

/** The universities, and the name in the chosen language of whatever stands where a university's id does. */
export const useUniversities = () => {
  const { language, pick } = useI18n();
  const universities = useQuery(universitiesQuery).data ?? NO_UNIVERSITIES;
  const nameOf = (id: string): string => {
    const university = universities.find(({ universityId }) => universityId === id);
    if (!university) return organisationLabels[id] ? pick(organisationLabels[id]) : id;
    return (language === 'en' && university.englishName) || university.name;
  };
  return { universities, nameOf };
};
