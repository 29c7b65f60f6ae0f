namespace VideoGen.Api.Http;

internal static class BothPrefixes
{
    /// <summary>
    /// Maps the same routes bare and under <c>/api</c>: the web client uses the second form when it is served from this origin.
    /// </summary>
    public static void MapBothPrefixes(this IEndpointRouteBuilder app, Action<RouteGroupBuilder> map)
    {
        map(app.MapGroup(""));

        var alias = app.MapGroup("/api").ExcludeFromDescription();
        ((IEndpointConventionBuilder)alias).Finally(endpoint => DropName(endpoint.Metadata));
        map(alias);
    }

    // Endpoint names must be unique, and the document has the bare routes only.
    private static void DropName(IList<object> metadata)
    {
        foreach (var name in metadata.OfType<IEndpointNameMetadata>().ToArray())
        {
            metadata.Remove(name);
        }
    }
}
