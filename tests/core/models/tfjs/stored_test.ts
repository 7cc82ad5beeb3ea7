import { loadLayeredTfjsModel } from "@heatword/core/tfjs";
import "@heatword/explainers";
import { withEnd } from "./_random_model.ts";
import { drawWeights, jsonBytes, kimModel, predict, savedFiles, tf } from "./_saved.ts";
import { close, document, rows, smallModel } from "./_small.ts";

Deno.test("loadTfjsModel() reads models of Keras 3 by their layers", async () => {
  // Its connections and shapes are written in another way, which the library does not read.
  const kim = drawWeights(kimModel(), 5);
  const files = await savedFiles(kim);
  const json = JSON.parse(new TextDecoder().decode(files.get("model.json")));
  const { config } = json.modelTopology;
  const tensor = ([name, call, output]: [string, number, number]) => ({
    class_name: "__keras_tensor__",
    config: { shape: [null, 3], dtype: "float32", keras_history: [name, call, output] },
  });
  for (const layer of config.layers) {
    layer.inbound_nodes = layer.inbound_nodes.map((call: [string, number, number][]) => ({
      args: call.length === 1 ? [tensor(call[0]!)] : [call.map(tensor)],
      kwargs: { training: false },
    }));
    if (layer.class_name !== "InputLayer") continue;
    layer.config.batch_shape = layer.config.batch_input_shape;
    delete layer.config.batch_input_shape;
  }
  config.input_layers = config.input_layers[0];
  config.output_layers = config.output_layers[0];
  files.set("model.json", jsonBytes(json));
  const model = await loadLayeredTfjsModel(files);
  close(withEnd(model.scores(model.encode(document)), "softmax"), predict(kim, rows));
});

Deno.test("loadTfjsModel() reads quantized weights as tfjs does", async () => {
  const tiny = smallModel();
  const files = await savedFiles(tiny);
  const json = JSON.parse(new TextDecoder().decode(files.get("model.json")));
  const [group] = json.weightsManifest;
  for (const dtype of ["uint8", "uint16", "float16"] as const) {
    const parts: Uint8Array[] = [];
    const weights = group.weights.map(
      ({ name, shape }: { name: string; shape: number[] }, i: number) => {
        const values = tiny.getWeights()[i]!.dataSync();
        if (dtype === "float16") {
          parts.push(new Uint8Array(Float16Array.from(values).buffer));
          return { name, shape, dtype: "float32", quantization: { dtype } };
        }
        const min = Math.min(...values);
        const scale = (Math.max(...values) - min) / (dtype === "uint8" ? 255 : 65535) || 1;
        const levels = values.map((value) => Math.round((value - min) / scale));
        const stored = dtype === "uint8" ? Uint8Array.from(levels) : Uint16Array.from(levels);
        parts.push(new Uint8Array(stored.buffer));
        return { name, shape, dtype: "float32", quantization: { dtype, min, scale } };
      },
    );
    const data = new Uint8Array(parts.flatMap((part) => [...part]));
    files.set("weights.bin", data);
    const manifest = [{ paths: ["./weights.bin"], weights }];
    files.set("model.json", jsonBytes({ ...json, weightsManifest: manifest }));
    const model = await loadLayeredTfjsModel(files);
    const decoded = tf.io.decodeWeights(data.buffer, weights);
    const expected = tf.sequential({
      layers: tiny.layers.map((layer) =>
        (layer.constructor as typeof tf.layers.Layer & {
          fromConfig(cls: unknown, config: unknown): tf.layers.Layer;
        }).fromConfig(layer.constructor, { ...layer.getConfig(), name: `${layer.name}${dtype}` })
      ),
    });
    expected.setWeights(weights.map(({ name }: { name: string }) => decoded[name]!));
    close(model.scores(model.encode(document)), predict(expected, rows));
  }
});
