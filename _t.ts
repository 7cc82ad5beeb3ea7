import { findNearDuplicates } from "@heatword/eval/duplicates";
const { train, test } = JSON.parse(Deno.readTextFileSync("/tmp/ledg/corpus.json"));
const whole = JSON.parse(Deno.readTextFileSync("/tmp/ledg/whole.json"));
const w=(d: any[])=>d.map((x)=>x.words);
const T=w(train);
for (let i=0;i<2;i++){
const t=performance.now(), c=process.cpuUsage();
const f=findNearDuplicates(T, whole);
console.log(f.identical, f.near, f.found.length, performance.now()-t, process.cpuUsage(c));}
