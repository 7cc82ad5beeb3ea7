// A text classifier by transformers.js: a folder of Hugging Face, or the name of a model on its hub.
const name = Deno.env.get("MODEL") ?? "./my-bert";
// Not by its name alone, so that nothing but this file fetches a package of 300 MB.
const { pipeline } = await import(`npm:${"@huggingface/transformers@4.3.1"}`);
const classify = await pipeline("text-classification", name, { dtype: "fp32" });
const classes = Object.values(classify.model.config.id2label);

export default {
  classes,
  async predict(texts) {
    const rows = await classify([...texts], { top_k: null });
    return rows.map((row) => classes.map((name) => row.find(({ label }) => label === name).score));
  },
};
