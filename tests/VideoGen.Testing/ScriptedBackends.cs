using System.Collections.Immutable;
using VideoGen.Grains.Backends;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.Media;

namespace VideoGen.Testing;

/// <summary>
/// One backend for each script text, so that the tests of an assembly share a cluster and none meets another's, and further
/// upstreams that tests add. What is fetched is really put into the media store.
/// </summary>
public sealed class ScriptedBackends : IVideoBackends
{
    private readonly IMediaStore _media;
    private readonly Dictionary<string, ScriptedBackend> _byScript = [];
    private readonly ScriptedBackend _plain = new();
    private ImmutableArray<(VideoModel Model, ScriptedBackend Backend)> _all;

    public ScriptedBackends(IMediaStore media)
    {
        _media = media;
        Default = Orders.Model(_plain.Name);
        _all = [(Default, Storing(_plain.Name, new(IsPreview: false, RepeatCostsMoney: true), OfScript))];
    }

    public IReadOnlyList<VideoModel> Models => [.. _all.Select(entry => entry.Model)];

    public VideoModel Default { get; }

    public IVideoBackend? Find(string name) => _all.FirstOrDefault(entry => entry.Model.Upstream == name).Backend;

    /// <summary>Adds an upstream for all scripts, with one model of the same name.</summary>
    public VideoModel Add(ScriptedBackend backend, params ImmutableArray<string> fallback)
    {
        var model = Orders.Model(backend.Name) with { Fallback = fallback };
        return Add(model, Storing(backend.Name, backend.Traits, _ => backend));
    }

    /// <summary>Adds another model to an upstream that was added before.</summary>
    public VideoModel Add(VideoModel model) => Add(model, (ScriptedBackend)Find(model.Upstream)!);

    /// <summary>A request whose script leads to the given backend.</summary>
    public GenerationRequest RequestFor(ScriptedBackend backend, string owner = "public")
    {
        var script = $"Script {Guid.NewGuid():N}";
        lock (_byScript)
        {
            _byScript[script] = backend;
        }

        return Orders.Request(owner) with { Script = script };
    }

    private VideoModel Add(VideoModel model, ScriptedBackend backend)
    {
        lock (_byScript)
        {
            _all = _all.Add((model, backend));
        }

        return model;
    }

    private ScriptedBackend OfScript(RenderRequest order)
    {
        lock (_byScript)
        {
            return _byScript.GetValueOrDefault(order.Request.Script, _plain);
        }
    }

    private ScriptedBackend Storing(string name, BackendTraits traits, Func<RenderRequest, ScriptedBackend> of)
    {
        return new ScriptedBackend
        {
            Name = name,
            Traits = traits,
            Plan = order => of(order).PlanAsync(order, CancellationToken.None),
            Find = (order, lead) => of(order).Find(order, lead),
            Poll = (order, job, token) => of(order).Poll(order, job, token),
            Fetch = FetchAsync,
            Cancel = order => of(order).CancelAsync(order, new RenderPlan(), new RenderJob(""), CancellationToken.None),
        };

        async Task<FetchOutcome> FetchAsync(RenderRequest order)
        {
            await _media.SaveAsync(
                MediaKind.Original, order.OriginalName, (to, token) => to.WriteAsync("film"u8.ToArray(), token).AsTask(),
                CancellationToken.None);
            return await of(order).FetchAsync(
                order, new RenderPlan(), new RenderJob(""), new RenderResult(""), CancellationToken.None);
        }
    }
}
