// For a site in a language without a stemmer.
export const language = "", stem = (word) => word;
