"""FastAPI and uvicorn in one process: POST /predict for rows of 28 numbers, with 100 trees of 31 leaves; GET / says hello.

  fastapi_peer.py xgboost|sklearn PORT

xgboost: Booster.inplace_predict on one thread, its fastest call for a row. sklearn: a pipeline of StandardScaler and
HistGradientBoostingClassifier over a pandas frame, as a data scientist hands it over.
"""
import sys

import numpy as np


def data():
    random = np.random.default_rng(1)
    x = random.uniform(-2, 2, (20_000, 28)).astype(np.float32)
    return x, (x[:, :5].sum(axis=1) + random.normal(size=len(x)) > 0).astype(np.float32)


def build(engine):
    x, y = data()
    if engine == "xgboost":
        import xgboost

        options = {"objective": "binary:logistic", "tree_method": "hist", "grow_policy": "lossguide", "max_leaves": 31, "max_depth": 0, "nthread": 1}
        booster = xgboost.train(options, xgboost.DMatrix(x, y), 100)
        booster.set_param({"nthread": 1})
        return lambda rows: booster.inplace_predict(np.asarray([row["x"] for row in rows], np.float32)).tolist()
    import pandas
    from sklearn.ensemble import HistGradientBoostingClassifier
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    model = make_pipeline(StandardScaler(), HistGradientBoostingClassifier(max_iter=100, max_leaf_nodes=31, early_stopping=False))
    model.fit(pandas.DataFrame(x), y)
    return lambda rows: model.predict_proba(pandas.DataFrame([row["x"] for row in rows]))[:, 1].tolist()


def main():
    engine, port = sys.argv[1], int(sys.argv[2])
    from typing import Dict, List

    import uvicorn
    from fastapi import FastAPI
    from pydantic import BaseModel

    predict = build(engine)

    class Request(BaseModel):
        rows: List[Dict[str, List[float]]]

    app = FastAPI()

    @app.get("/")
    async def hello():
        return "hello"

    @app.post("/predict")
    async def answer(request: Request):
        return {"rows": [{"score": score} for score in predict(request.rows)]}

    print("ready", flush=True)
    uvicorn.run(app, host="127.0.0.1", port=port, log_level="warning", access_log=False)


main()
