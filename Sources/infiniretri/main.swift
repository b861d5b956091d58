print("infiniretri")
