// breaks: libs-not-loaded-lazily
export const later = () => import('@app/kernel');
