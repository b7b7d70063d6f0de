/** No path, no control, invisible or direction-changing characters, no half of a character, no blank around it. */
const NAME = /^(?!\s)[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\\/]{1,200}(?<!\s)$/u;

/** Whether a text is the name of an uploaded file (文件名) and nothing else, 1 to 200 characters (V-22, X-8). */
export const isFileName = (text: string): boolean => NAME.test(text);
