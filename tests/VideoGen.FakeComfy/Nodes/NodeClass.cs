namespace VideoGen.FakeComfy.Nodes;

/// <summary>
/// What fills an input in: a link or value of a type, one of a list, one of a list whose entries have inputs of their own (which
/// are left out here), a model file, or an uploaded picture.
/// </summary>
internal enum InputKind
{
    Typed,
    Choice,
    DynamicChoice,
    ModelFile,
    Picture,
}

/// <summary>One input; <paramref name="Type"/> is a type, or the folder of a model file.</summary>
internal sealed record NodeInput(
    string Name, bool Required, InputKind Kind, string Type, IReadOnlyList<string> Choices, string? Default, double? Min,
    double? Max);

/// <summary>
/// A class of nodes. One that <paramref name="IsOpen"/> declares nothing: it takes any inputs and its outputs fit everywhere. The
/// newer classes (<paramref name="IsNewer"/>) write their lists as <c>COMBO</c> with options.
/// </summary>
internal sealed record NodeClass(
    string Name, IReadOnlyList<NodeInput> Inputs, IReadOnlyList<string> Outputs, bool IsOutput, bool IsPartner, bool IsNewer,
    bool IsOpen)
{
    public const string AnyType = "*";

    public string OutputType(int index) => IsOpen ? AnyType : index >= 0 && index < Outputs.Count ? Outputs[index] : "";
}
