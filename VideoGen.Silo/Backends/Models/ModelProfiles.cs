using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using VideoGen.Grains.Generations.Contract;

namespace VideoGen.Silo.Backends.Models;

/// <summary>
/// The profiles of known models: the shipped file (<c>profiles.json</c>), extended or overridden by an operator's. A model
/// without a profile gets the picture, the script and the provider's defaults, because an unknown parameter would make it refuse.
/// Results are converted to the requested length and size in any case.
/// </summary>
internal sealed class ModelProfiles
{
    private const string Shipped = "profiles.json";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        RespectNullableAnnotations = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    private readonly IReadOnlyList<ModelProfile> _profiles;

    private ModelProfiles(IReadOnlyList<ModelProfile> profiles) => _profiles = profiles;

    /// <summary>Reads the shipped profiles and those of a file, whose profiles precede shipped ones for the same model.</summary>
    /// <exception cref="InvalidDataException">The file cannot be read or is wrong; the message says where.</exception>
    public static ModelProfiles Load(string? file = null)
    {
        using var shipped = typeof(ModelProfiles).Assembly.GetManifestResourceStream(Shipped)!;
        return new ModelProfiles([.. file is null ? [] : ReadFile(file), .. Read(shipped)]);
    }

    /// <summary>The profile with the longest id that covers the model; null when there is none.</summary>
    public ModelProfile? Find(string provider, string model) => _profiles
        .Where(profile => profile.Provider == provider && Covers(profile.Model, model))
        .MaxBy(profile => profile.Model.Length);

    /// <summary>The parameters for a request, none for a model without a profile.</summary>
    public JsonObject Parameters(string provider, string model, GenerationRequest request, FrameSize frame) =>
        Find(provider, model)?.Parameters(request, frame) ?? [];

    private static bool Covers(string known, string model) =>
        known.Length == 0 || model == known || model.StartsWith(known + "/", StringComparison.Ordinal);

    private static IReadOnlyList<ModelProfile> ReadFile(string file)
    {
        try
        {
            using var stream = File.OpenRead(file);
            return Read(stream);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new InvalidDataException($"The profiles of models in {file} cannot be used: {exception.Message}", exception);
        }
    }

    private static IReadOnlyList<ModelProfile> Read(Stream stream)
    {
        var profiles = JsonSerializer.Deserialize<ProfileFile>(stream, Json)?.Profiles ?? throw new JsonException("It is empty.");
        return profiles.FirstOrDefault(IsWrong) is { } wrong
            ? throw new JsonException($"The profile of {wrong.Provider} {wrong.Model} has an impossible rule.")
            : profiles;
    }

    /// <summary>What the types cannot express, and would fail only at a request.</summary>
    private static bool IsWrong(ModelProfile profile) =>
        profile.Frames is { } frames && (frames.Step < 1 || frames.Rate < 1 || frames.Least < 1 || frames.Most < frames.Least
            || frames.LeastRate < 1 || frames.MostRate < frames.LeastRate)
        || profile.Seconds is { Allowed.Count: 0 }
        || profile.Shapes is { } shapes && (shapes.Allowed.Count == 0 || shapes.Allowed.Any(name => AspectRatio.Of(name) is null))
        || profile.Sizes.Any(size => size.Multiple < 1 || size.MostShort < size.Multiple
            || (size.Is is null && (size.At512 ?? size.At768 ?? size.At1024) is null));

    /// <summary>The file; the schema's own keys are allowed and ignored.</summary>
    private sealed record ProfileFile
    {
        [JsonPropertyName("$schema")] public string? Schema { get; init; }

        [JsonPropertyName("$comment")] public string? Comment { get; init; }

        public required IReadOnlyList<ModelProfile> Profiles { get; init; }
    }
}
