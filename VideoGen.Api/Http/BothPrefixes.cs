namespace VideoGen.Api.Http;

internal static class BothPrefixes
{
    /// <summary>
    /// Maps the same routes without a prefix and under <c>/api</c>, which the web client uses when it is served from this origin.
    /// </summary>
    public static void MapBothPrefixes(this IEndpointRouteBuilder app, Action<RouteGroupBuilder> map)
    {
        map(app.MapGroup(""));

        var alias = app.MapGroup("/api").ExcludeFromDescription();
        ((IEndpointConventionBuilder)alias).Finally(endpoint => DropName(endpoint.Metadata));
        map(alias);
    }

    // Endpoint names must be unique, and the OpenAPI document contains only the routes without a prefix.
    private static void DropName(IList<object> metadata)
    {
        foreach (var name in metadata.OfType<IEndpointNameMetadata>().ToArray())
        {
            metadata.Remove(name);
        }
    }
}
